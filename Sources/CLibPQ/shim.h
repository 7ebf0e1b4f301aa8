/* Types of libpq, and the functions that are looked up in it when a store asks for them: nothing of
   it is linked. A pointer has its function's own type, so that the compiler checks every call. */
#include <postgresql/libpq-fe.h>

#define MUSTER_POINTER(name) __typeof__(&PQ##name) name

struct LibPQFunctions {
    MUSTER_POINTER(connectdbParams);
    MUSTER_POINTER(finish);
    MUSTER_POINTER(status);
    MUSTER_POINTER(transactionStatus);
    MUSTER_POINTER(errorMessage);
    MUSTER_POINTER(conninfoParse);
    MUSTER_POINTER(conninfoFree);
    MUSTER_POINTER(freemem);
    MUSTER_POINTER(exec);
    MUSTER_POINTER(sendQueryParams);
    MUSTER_POINTER(sendPrepare);
    MUSTER_POINTER(sendQueryPrepared);
    MUSTER_POINTER(setSingleRowMode);
    MUSTER_POINTER(enterPipelineMode);
    MUSTER_POINTER(exitPipelineMode);
    MUSTER_POINTER(pipelineSync);
    MUSTER_POINTER(getResult);
    MUSTER_POINTER(getCopyData);
    MUSTER_POINTER(resultStatus);
    MUSTER_POINTER(resultErrorField);
    MUSTER_POINTER(cmdTuples);
    MUSTER_POINTER(cmdStatus);
    MUSTER_POINTER(getvalue);
    MUSTER_POINTER(getlength);
    MUSTER_POINTER(getisnull);
    MUSTER_POINTER(clear);
    MUSTER_POINTER(ntuples);
    MUSTER_POINTER(setNoticeProcessor);
};
#undef MUSTER_POINTER
