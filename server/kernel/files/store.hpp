// Where the bytes of files are: a disk of this machine (disk_store.hpp), or a store of objects that
// all nodes share. Whoever asks knows a file by its company and id; nobody but the disk store knows
// a path for it. What a store was given survives a crash from then on, whole or not at all.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/http.hpp"
#include "kernel/id.hpp"
#include "kernel/loop.hpp"
#include "kernel/task.hpp"

namespace ponte::files {

struct Key {
    Id company, file;
    bool operator==(const Key&) const = default;
};

// Bytes that this machine can open as long as it lives: where they lie anyhow, or a copy.
class Local {
public:
    enum class Copy { no, yes };
    Local(std::string path, Copy copy) : path_(std::move(path)), copy_(copy) {}
    Local(Local&& other) noexcept : path_(std::exchange(other.path_, {})), copy_(other.copy_) {}
    Local& operator=(Local&&) = delete;
    ~Local();  // removes a copy

    const std::string& path() const { return path_; }

private:
    std::string path_;
    Copy copy_;
};

// For how long whoever is answered may be sent to the store itself. A browser that follows a link
// may, as long as the link is good; a script that shows us its token may not: zero.
using Lending = std::chrono::seconds;

class Store {
public:
    // A part of all that is kept, oldest first by name, for whoever looks for what nobody knows.
    struct Listed {
        std::vector<Key> keys;  // only of those older than was asked for
        std::string next;       // where to go on; empty: that was all
    };

    virtual ~Store() = default;

    // Takes over the bytes of a file of this machine. They are there when this returns.
    virtual Task<> put(Loop& loop, Key key, std::string path, std::string type) = 0;
    // Answers with them: as a file, with what `response` says about them already, or with the
    // address of a store that says the same. 404 file.not_found when they are gone.
    virtual Task<> answer(Loop& loop, Key key, http::Response& response, Lending lending) = 0;
    // For code that reads them; throws 404 file.not_found.
    virtual Task<Local> open(Loop& loop, Key key) = 0;
    // What is not there is no mistake.
    virtual Task<> remove(Loop& loop, std::vector<Key> keys) = 0;
    virtual Task<Listed> list(Loop& loop, std::string after, std::int64_t older_than_s) = 0;

    // Other machines see what is put here.
    virtual bool is_shared() const { return false; }
    // Empty: it works. Otherwise why not, in a sentence for whoever runs it.
    virtual Task<std::string> trouble(Loop& loop);
    // The same as it was found last, at once; looks again beside that.
    virtual std::string last_trouble(Loop&) { return {}; }
};

}  // namespace ponte::files
