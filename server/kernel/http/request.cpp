#include <unistd.h>

#include "kernel/http.hpp"

namespace ponte::http {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

// Calls `take(name, value)`, both still encoded, until it returns false.
template <class Take>
void each_pair(std::string_view query, Take take) {
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const auto pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty()) {
            continue;
        }
        const auto equals = std::min(pair.find('='), pair.size());
        const auto value = pair.substr(std::min(equals + 1, pair.size()));
        if (!take(pair.substr(0, equals), value)) {
            return;
        }
    }
}

}  // namespace

std::string_view Request::header(std::string_view lower_case_name) const {
    for (const auto& [name, value] : headers) {
        if (name == lower_case_name) {
            return value;
        }
    }
    return {};
}

std::string_view Request::param(std::string_view name) const {
    for (const auto& [key, value] : params) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

Pairs Request::query_pairs() const {
    Pairs pairs;
    each_pair(query, [&](std::string_view name, std::string_view value) {
        pairs.emplace_back(url_decode(name, true), url_decode(value, true));
        return true;
    });
    return pairs;
}

std::optional<std::string> Request::query_value(std::string_view name) const {
    std::optional<std::string> found;
    each_pair(query, [&](std::string_view key, std::string_view value) {
        if (key == name || url_decode(key, true) == name) {
            found = url_decode(value, true);
        }
        return !found;
    });
    return found;
}

UploadedFile::UploadedFile(UploadedFile&& other) noexcept { *this = std::move(other); }

UploadedFile& UploadedFile::operator=(UploadedFile&& other) noexcept {
    if (this != &other) {
        remove();
        field = std::move(other.field);
        file_name = std::move(other.file_name);
        content_type = std::move(other.content_type);
        path = std::exchange(other.path, {});
        size = other.size;
    }
    return *this;
}

UploadedFile::~UploadedFile() { remove(); }

void UploadedFile::remove() {
    if (!path.empty()) {
        ::unlink(path.c_str());
    }
}

std::string UploadedFile::keep() { return std::exchange(path, {}); }

Request::~Request() = default;

}  // namespace ponte::http
