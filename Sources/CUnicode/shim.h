#include <idn2.h>
#include <unicase.h>
#include <uniname.h>
#include <uninorm.h>
#include <unictype.h>

// The forms are macros over objects of an incomplete type, which Swift does not see.
static inline uninorm_t cunicode_nfc(void) { return UNINORM_NFC; }
static inline uninorm_t cunicode_nfkc(void) { return UNINORM_NFKC; }
