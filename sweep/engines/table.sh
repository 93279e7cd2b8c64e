#!/bin/sh
# Makes the table of a sweep when its tasks have ended.
cd @FOLDER@ || exit 1
exec @DWMTJ@ sweep @PLAN@ --out @OUT@ --collect
