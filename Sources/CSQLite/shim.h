#include <sqlite3.h>
#include <sys/stat.h>

// Whether closing the database leaves its write-ahead log as it is. By a function with variable arguments, which Swift
// cannot call.
static inline int csqlite_keep_log_on_close(sqlite3 *database, int keeps) {
  return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keeps, (int *)0);
}

// SQLite opens a write-ahead log as if it were new, and waits until the disk has its name, once in each process. One with
// something in it was synced by the process that made it, so it is opened as what it is: that spares `send` one wait of
// three.
static inline int csqlite_open_existing_log(
    sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *opened) {
  sqlite3_vfs *system = sqlite3_vfs_find(0);
  struct stat status;
  (void)vfs;
  if ((flags & SQLITE_OPEN_WAL) && name && stat(name, &status) == 0 && status.st_size > 0 &&
      system->xOpen(system, name, file, flags & ~SQLITE_OPEN_CREATE, opened) == SQLITE_OK) {
    return SQLITE_OK;
  }
  return system->xOpen(system, name, file, flags, opened);
}

// Reads the beginning of the database file itself, whatever its write-ahead log says. To open the file once more and close
// it would drop SQLite's locks on it (POSIX).
static inline int csqlite_read_file(sqlite3 *database, void *bytes, int count) {
  sqlite3_file *file = 0;
  int code = sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (code != SQLITE_OK || !file || !file->pMethods) return SQLITE_ERROR;
  return file->pMethods->xRead(file, bytes, count, 0);
}

// Sets SQLite up: makes that way of opening files known under a name, and keeps no statistics about memory, which take a
// lock for each allocation. Must be called once, before anything else.
static inline int csqlite_set_up(const char *vfs) {
  static sqlite3_vfs ledger;
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite3_vfs *system = sqlite3_vfs_find(0);
  if (!system) return SQLITE_ERROR;
  ledger = *system;
  ledger.zName = vfs;
  ledger.xOpen = csqlite_open_existing_log;
  return sqlite3_vfs_register(&ledger, 0);
}
