// The store that all nodes share: objects of one bucket, private, under
// tenants/<company>/<year>/<month>/<id> (decision 0154).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/files/store.hpp"

namespace ponte {
struct Settings;
namespace outbound {
class Outbound;
}
}  // namespace ponte

namespace ponte::files {

// Borrows both.
std::shared_ptr<Store> s3_store(const Settings& settings, outbound::Outbound& outbound);

// Year and month are those in which the id was made, so that a key says all of it.
std::string object_of(const Key& key);
std::optional<Key> key_of(std::string_view object);

}  // namespace ponte::files
