// SPDX-License-Identifier: Apache-2.0
// How GTKWave's writer of FST is compiled: its own configuration, but for the table of times, which
// it packs at zlib's level 9. That takes a third of a run's time for 1 % of the file, so it is 4, as
// everywhere else in the writer.

#include <zlib.h>

#define HAVE_ALLOCA_H 1
#define HAVE_FSEEKO 1
#define compress2(to, to_size, from, size, level) compress2(to, to_size, from, size, 4)
