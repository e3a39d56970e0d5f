// Copies of objects on this machine's disk, for what is read again or in parts: so many bytes at
// most, those that were read last. A file never changes under its id, so a copy is never old.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>

#include "kernel/files/store.hpp"

namespace ponte::files {

// Everything here waits for the disk: on the blocking pool.
class Nearby {
public:
    Nearby(std::string folder, std::uint64_t most) : folder_(std::move(folder)), most_(most) {}

    // Empty: there is none. A copy that was found stays for as long as an answer needs to open it.
    std::string find(const Key& key);
    // A name for bytes on their way here, its folder made.
    std::string draft_of(const Key& key);
    // They are whole: from now on they are found. Takes out what was not read for long.
    std::string adopt(const std::string& draft, const Key& key);
    // A second name, for whoever needs the bytes for longer than anybody can say.
    std::string lend(const Key& key);
    void forget(const Key& key);

private:
    std::string place_of(const Key& key) const;
    void make_room();

    const std::string folder_;
    const std::uint64_t most_;
    std::mutex mutex_;
    std::uint64_t grown_ = 0;  // since somebody counted
    bool was_counted_ = false;
};

}  // namespace ponte::files
