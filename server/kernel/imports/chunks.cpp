#include "kernel/imports/chunks.hpp"

namespace ponte::imports {

ChunkSource::ChunkSource(std::shared_ptr<const Plan> plan, std::string path, char separator,
                         CsvPosition start, std::uint64_t rows_before)
    : plan_(std::move(plan)),
      reader_(std::move(path), separator, {.width = plan_->width()}),
      number_(rows_before) {
    reader_.seek(start);
}

Chunk ChunkSource::read() {
    Chunk chunk;
    chunk.rows.reserve(rows_per_chunk);
    Row row;
    while (chunk.rows.size() < rows_per_chunk && reader_.next(row.record)) {
        if (row.record.is_blank() && row.record.problem.empty()) {
            continue;
        }
        row.number = ++number_;
        row.line = row.record.line;
        row.end = reader_.position();
        plan_->check(row);
        chunk.rows.push_back(std::move(row));
        row = {};
    }
    return chunk;
}

// Suspends until the chunk is there. Its destruction, when the import is cut off, takes the name
// off the list, so that nobody wakes what is gone.
struct ChunksAhead::Arrival {
    State& state;
    bool await_ready() const { return state.is_done; }
    void await_suspend(std::coroutine_handle<> waiter) { state.waiter = waiter; }
    void await_resume() {}
    ~Arrival() { state.waiter = {}; }
};

ChunksAhead::ChunksAhead(Loop& loop, std::shared_ptr<ChunkSource> source)
    : loop_(loop), source_(std::move(source)) {}

Task<> ChunksAhead::fetch(Loop& loop, std::shared_ptr<ChunkSource> source,
                          std::shared_ptr<State> state) {
    try {
        auto read = [source] { return source->read(); };
        state->chunk = co_await offload(loop, std::move(read));
    } catch (...) {
        state->failure = std::current_exception();
    }
    state->is_done = true;
    if (state->waiter) {
        std::exchange(state->waiter, {}).resume();
    }
}

void ChunksAhead::begin() {
    state_ = std::make_shared<State>();
    spawn(loop_, fetch(loop_, source_, state_));
}

Task<Chunk> ChunksAhead::take() {
    const std::shared_ptr<State> state = state_;
    Arrival arrival{*state};
    co_await arrival;
    if (state->failure) {
        std::rethrow_exception(state->failure);
    }
    co_return std::move(*state->chunk);
}

}  // namespace ponte::imports
