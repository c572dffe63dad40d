// Written beside and renamed over: the old book or the new one, whenever the power goes.
#include "tools/demo/book.h"

#include <fcntl.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <fstream>
#include <iterator>

namespace demo {

namespace json = boost::json;

engine::Result<Book> read_book(std::filesystem::path const& file) {
  Book book;
  if (!std::filesystem::exists(file)) return book;
  std::ifstream in{file};
  std::string const text{std::istreambuf_iterator<char>{in}, {}};
  boost::system::error_code wrong;
  auto const value = json::parse(text, wrong);
  if (wrong || !value.is_object())
    return std::unexpected(
        engine::Failure{file.string() + ": not a demo book; remove it together with the data directory"});
  for (auto const& [login, password] : value.as_object()) {
    if (password.is_string()) book.passwords[login] = password.as_string().c_str();
  }
  return book;
}

engine::Result<void> write_book(std::filesystem::path const& file, Book const& book) {
  json::object object;
  for (auto const& [login, password] : book.passwords) object[login] = password;
  auto const text = json::serialize(object) + "\n";
  auto const beside = file.string() + ".new";
  auto const handle = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  auto const is_written = handle >= 0 && ::write(handle, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (handle >= 0) ::close(handle);
  if (!is_written || ::rename(beside.c_str(), file.c_str()) != 0) {
    return std::unexpected(engine::Failure{file.string() + ": cannot be written"});
  }
  return {};
}

}  // namespace demo
