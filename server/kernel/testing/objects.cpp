#include "kernel/testing/objects.hpp"

#include <filesystem>

namespace ponte::testing {

Objects::Objects() : peer_("s3", "gate.mjs", {"crm", folder_.path()}) {}

ObjectStore Objects::settings() const {
    ObjectStore store;
    store.bucket = "crm";
    store.region = "us-east-1";
    store.key_id = store.secret = "S3RVER";
    store.endpoint = url();
    store.is_in_path = true;
    return store;
}

void Objects::tell(const Body& what) { Api({}, url()).post("/-/told", what); }

Json Objects::asked() { return Api({}, url()).get("/-/seen").body; }

int Objects::seen(std::string_view begins) {
    const Json answer = asked();
    int count = 0;
    for (const Json& one : answer["seen"].items()) {
        const std::string line = one["method"].as_string() + " " + one["url"].as_string();
        count += line.starts_with(begins) ? 1 : 0;
    }
    return count;
}

int Objects::refused() {
    const Json answer = asked();
    int count = 0;
    for (const Json& one : answer["seen"].items()) {
        count += one.find("refused") ? 1 : 0;
    }
    return count;
}

void Objects::age(std::chrono::hours by) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
        if (entry.is_regular_file()) {
            std::filesystem::last_write_time(entry.path(), entry.last_write_time() - by);
        }
    }
}

int Objects::uploads() { return static_cast<int>(asked()["uploads"].as_integer()); }

}  // namespace ponte::testing
