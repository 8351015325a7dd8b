#include <sqlite3.h>

// Closing the database leaves its write-ahead log as it is. By a function with variable arguments, which Swift cannot call.
static inline int csqlite_keep_log_on_close(sqlite3 *database) {
  return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}
