#include <idn2.h>
#include <unicase.h>
#include <uniname.h>
#include <uninorm.h>
