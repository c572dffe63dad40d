// A value kept aside, so that what holds it stays small: an event is as large as its largest kind.
//
// Copies are copies of the value. Moved from, it may only be assigned to or destroyed.
#pragma once

#include <memory>
#include <utility>

namespace engine {

template <class T>
class Aside {
 public:
  Aside() : value_(std::make_unique<T>()) {}
  Aside(T value) : value_(std::make_unique<T>(std::move(value))) {}
  Aside(Aside const& other) : value_(std::make_unique<T>(*other)) {}
  Aside(Aside&&) noexcept = default;
  Aside& operator=(Aside const& other) {
    value_ = std::make_unique<T>(*other);
    return *this;
  }
  Aside& operator=(Aside&&) noexcept = default;
  ~Aside() = default;

  T const& operator*() const { return *value_; }
  T const* operator->() const { return value_.get(); }
  T& change() { return *value_; }

 private:
  std::unique_ptr<T> value_;
};

}  // namespace engine
