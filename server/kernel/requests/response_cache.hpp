// Answers to reads, kept while nothing of their tenant changes. A key names everything that an
// answer depends on; the tenant's version at the time of reading tells whether it still holds. In
// memory, bounded, and only where this process sees every write (see App).
#pragma once

#include <array>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace ponte::requests {

struct KeptAnswer {
    std::uint64_t version = 0;  // of the tenant
    std::shared_ptr<const std::string> body;
    std::string etag;  // may be empty
};

class ResponseCache {
public:
    static constexpr std::size_t most_bytes = 32u << 20, largest_answer = 256u << 10;

    std::shared_ptr<const KeptAnswer> find(const std::string& key, std::uint64_t version);
    void keep(std::string key, KeptAnswer answer);

private:
    struct Entry {
        std::string key;
        std::shared_ptr<const KeptAnswer> answer;
        std::size_t bytes = 0;
    };
    struct Shard {
        std::mutex mutex;
        std::list<Entry> by_use;  // most recent first
        std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key;
        std::size_t bytes = 0;

        void drop(std::list<Entry>::iterator entry);
    };
    Shard& shard_of(const std::string& key);

    std::array<Shard, 16> shards_;
};

}  // namespace ponte::requests
