#include "kernel/requests/response_cache.hpp"

namespace ponte::requests {
namespace {

constexpr std::size_t cost_of_an_entry = 300;  // nodes, control blocks, the key's second home

}  // namespace

ResponseCache::Shard& ResponseCache::shard_of(const std::string& key) {
    return shards_[std::hash<std::string>{}(key) % shards_.size()];
}

void ResponseCache::Shard::drop(std::list<Entry>::iterator entry) {
    bytes -= entry->bytes;
    by_key.erase(entry->key);
    by_use.erase(entry);
}

std::shared_ptr<const KeptAnswer> ResponseCache::find(const std::string& key,
                                                      std::uint64_t version) {
    Shard& shard = shard_of(key);
    const std::scoped_lock lock(shard.mutex);
    const auto found = shard.by_key.find(key);
    if (found == shard.by_key.end()) {
        return {};
    }
    if (found->second->answer->version != version) {
        shard.drop(found->second);
        return {};
    }
    shard.by_use.splice(shard.by_use.begin(), shard.by_use, found->second);
    return found->second->answer;
}

void ResponseCache::keep(std::string key, KeptAnswer answer) {
    const std::size_t bytes = key.size() + answer.body->size() + cost_of_an_entry;
    if (answer.body->size() > largest_answer) {
        return;
    }
    Shard& shard = shard_of(key);
    const std::scoped_lock lock(shard.mutex);
    if (const auto old = shard.by_key.find(key); old != shard.by_key.end()) {
        shard.drop(old->second);
    }
    shard.by_use.push_front(
        {std::move(key), std::make_shared<const KeptAnswer>(std::move(answer)), bytes});
    shard.by_key.emplace(shard.by_use.front().key, shard.by_use.begin());
    shard.bytes += bytes;
    while (shard.bytes > most_bytes / shards_.size()) {
        shard.drop(std::prev(shard.by_use.end()));
    }
}

}  // namespace ponte::requests
