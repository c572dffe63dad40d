// The demo's book of accounts, var/demo.json: logins and passwords, readable by the owner only (mode 0600).
//
// Written before a password is used for the first time, so that a demo cut short at any moment finds its way back in.
//
// Thread: one. Failure: a file that cannot be read or written.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "engine/ports.h"

namespace demo {

struct Book {
  std::map<std::string, std::string> passwords;  // by login
};

engine::Result<Book> read_book(std::filesystem::path const& file);  // an absent one is empty
engine::Result<void> write_book(std::filesystem::path const& file, Book const& book);

}  // namespace demo
