// For the portable build: what Swift's runtime calls in the C++ library of GCC 11 and later, and Debian 11's lacks.

#include <stdlib.h>

// std::__throw_bad_array_new_length(). The runtime is built without exceptions: it would end there as well.
_Noreturn void _ZSt28__throw_bad_array_new_lengthv(void);

_Noreturn void _ZSt28__throw_bad_array_new_lengthv(void) { abort(); }
