#include <sqlite3.h>
#include <sys/stat.h>

// Sets whether closing the database leaves its write-ahead log as it is. Swift can't call the variadic function itself.
static inline int csqlite_keep_log_on_close(sqlite3 *database, int keeps) {
  return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keeps, (int *)0);
}

// SQLite opens every write-ahead log as if it was new, and waits until its name is on the disk, once in each process. A
// log that isn't empty was synced by the process that created it, so it is opened as an existing one: this saves `send`
// one of three waits.
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

// Reads the beginning of the database file itself, regardless of its write-ahead log. Opening the file once more and
// closing it would drop SQLite's locks on it (POSIX).
static inline int csqlite_read_file(sqlite3 *database, void *bytes, int count) {
  sqlite3_file *file = 0;
  int code = sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (code != SQLITE_OK || !file || !file->pMethods) return SQLITE_ERROR;
  return file->pMethods->xRead(file, bytes, count, 0);
}

// Sets up SQLite: registers this way of opening files under a name, and turns off memory statistics, which take a lock
// for each allocation. Must be called once, before anything else.
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
