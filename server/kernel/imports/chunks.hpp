// Reads and checks the next rows of a file on the blocking pool while the database works on those
// before: at most two chunks are in memory.
#pragma once

#include <coroutine>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kernel/imports/plan.hpp"
#include "kernel/loop.hpp"

namespace ponte::imports {

constexpr std::size_t rows_per_chunk = 2'000;

struct Chunk {
    std::vector<Row> rows;  // without blank lines; empty at the end of the file
};

// Blocking; used by one thread at a time.
class ChunkSource {
public:
    ChunkSource(std::shared_ptr<const Plan> plan, std::string path, char separator,
                CsvPosition start, std::uint64_t rows_before);
    Chunk read();

private:
    const std::shared_ptr<const Plan> plan_;
    CsvReader reader_;
    std::uint64_t number_;
};

class ChunksAhead {
public:
    ChunksAhead(Loop& loop, std::shared_ptr<ChunkSource> source);
    void begin();        // starts reading the next chunk
    Task<Chunk> take();  // waits for it

private:
    struct State {
        std::optional<Chunk> chunk;
        std::exception_ptr failure;
        std::coroutine_handle<> waiter;
        bool is_done = false;
    };
    struct Arrival;
    static Task<> fetch(Loop& loop, std::shared_ptr<ChunkSource> source,
                        std::shared_ptr<State> state);

    Loop& loop_;
    // Shared with the read under way, which outlives an import that is cut off.
    std::shared_ptr<ChunkSource> source_;
    std::shared_ptr<State> state_;
};

}  // namespace ponte::imports
