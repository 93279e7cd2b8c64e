#!/bin/sh
# One task of a sweep: the points in a line of the list.
cd @FOLDER@ || exit 1
points=$(sed -n "${@INDEX@}p" @LIST@)
exec @DWMTJ@ sweep @PLAN@ --out @OUT@ --points "$points" --jobs 1
