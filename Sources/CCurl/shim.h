/* Types of libcurl, and the functions that are looked up in it when a delivery asks for them:
   nothing of it is linked. Swift cannot call functions with a variable number of arguments, so
   those are called here, once for each type of argument. */
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

#define MUSTER_POINTER(name) __typeof__(&curl_##name) name

struct CurlFunctions {
    MUSTER_POINTER(global_init);
    MUSTER_POINTER(easy_init);
    MUSTER_POINTER(easy_cleanup);
    MUSTER_POINTER(easy_perform);
    MUSTER_POINTER(easy_strerror);
    MUSTER_POINTER(slist_append);
    MUSTER_POINTER(slist_free_all);
    void *easy_setopt;
    void *easy_getinfo;
};
#undef MUSTER_POINTER

typedef CURLcode (*muster_setopt)(CURL *, CURLoption, ...);
typedef CURLcode (*muster_getinfo)(CURL *, CURLINFO, ...);

static inline CURLcode muster_set_number(void *set, CURL *curl, CURLoption option, long value) {
    return ((muster_setopt)set)(curl, option, value);
}

static inline CURLcode muster_set_size(void *set, CURL *curl, CURLoption option, curl_off_t value) {
    return ((muster_setopt)set)(curl, option, value);
}

static inline CURLcode muster_set_text(
    void *set, CURL *curl, CURLoption option, const char *value) {
    return ((muster_setopt)set)(curl, option, value);
}

static inline CURLcode muster_set_pointer(void *set, CURL *curl, CURLoption option, void *value) {
    return ((muster_setopt)set)(curl, option, value);
}

static inline CURLcode muster_set_transfer(
    void *set, CURL *curl, CURLoption option, curl_write_callback value) {
    return ((muster_setopt)set)(curl, option, value);
}

static inline CURLcode muster_set_debug(void *set, CURL *curl, curl_debug_callback value) {
    return ((muster_setopt)set)(curl, CURLOPT_DEBUGFUNCTION, value);
}

static inline CURLcode muster_get_number(void *get, CURL *curl, CURLINFO info, long *value) {
    return ((muster_getinfo)get)(curl, info, value);
}

static inline CURLcode muster_get_size(void *get, CURL *curl, CURLINFO info, curl_off_t *value) {
    return ((muster_getinfo)get)(curl, info, value);
}
