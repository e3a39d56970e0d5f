#include "kernel/http/websocket_session.hpp"

#include <array>

#include "kernel/http/worker.hpp"
#include "kernel/log.hpp"

namespace ponte::http {
namespace {

constexpr Milliseconds closing_time{5'000};
constexpr int most_reads_in_a_row = 16;
constexpr std::size_t most_frames_in_a_write = 32;
constexpr std::size_t least_bytes_per_second = 1024;

}  // namespace

WebSocketSession::WebSocketSession(std::shared_ptr<Worker> worker, std::unique_ptr<Stream> stream,
                                   std::string_view address)
    : worker_(std::move(worker)),
      stream_(std::move(stream)),
      reader_(worker_->limits().websocket_message_bytes),
      held_(worker_->held(), address) {}

WebSocketSession::~WebSocketSession() {
    if (is_known_) {
        worker_->leave(*this);
    }
}

void WebSocketSession::begin(std::string first, const Open& open, std::string early) {
    worker_->enter(*this);
    is_known_ = true;
    queued_bytes_ += first.size();
    queue_.push_back({{}, std::make_shared<const std::string>(std::move(first))});
    send();
    open(shared_from_this());
    if (worker_->is_draining()) {
        drain();
    }
    take(early);
    wait_readable();
}

Loop& WebSocketSession::loop() { return worker_->loop(); }

void WebSocketSession::send_text(std::shared_ptr<const std::string> payload) {
    if (state_ == State::open) {
        queue(Opcode::text, std::move(payload));
    }
}

void WebSocketSession::send_binary(std::shared_ptr<const std::string> payload) {
    if (state_ == State::open) {
        queue(Opcode::binary, std::move(payload));
    }
}

void WebSocketSession::close(std::uint16_t code) {
    if (state_ != State::open) {
        return;
    }
    state_ = State::closing;
    tell_closed();
    queue_close(code);
}

void WebSocketSession::queue_close(std::uint16_t code) {
    std::string payload;
    if (code != 0 && code != close_code::no_status) {
        payload += static_cast<char>(code >> 8);
        payload += static_cast<char>(code & 0xff);
    }
    deadline_ = Clock::now() + closing_time;
    queue(Opcode::close, std::make_shared<const std::string>(std::move(payload)));
}

void WebSocketSession::queue(Opcode opcode, std::shared_ptr<const std::string> payload) {
    Frame frame{frame_head(opcode, payload->size()), std::move(payload)};
    queued_bytes_ += frame.size();
    if (queued_bytes_ > worker_->limits().websocket_queue_bytes) {
        drop();  // it reads too slowly; a farewell would wait behind all the rest
        return;
    }
    queue_.push_back(std::move(frame));
    if (!waits_to_write_) {
        send();
    }
}

void WebSocketSession::send() {
    while (first_ < queue_.size()) {
        std::array<iovec, most_frames_in_a_write * 2> parts;
        std::size_t count = 0, skip = sent_of_first_;
        for (std::size_t i = first_; i < queue_.size() && count + 2 <= parts.size(); ++i) {
            Frame& frame = queue_[i];
            const std::string_view pieces[] = {{frame.head.bytes.data(), frame.head.size},
                                               *frame.payload};
            for (std::string_view piece : pieces) {
                const auto skipped = std::min(skip, piece.size());
                skip -= skipped;
                piece.remove_prefix(skipped);
                if (!piece.empty()) {
                    parts[count++] = {const_cast<char*>(piece.data()), piece.size()};
                }
            }
        }
        const auto written = stream_->write(std::span(parts).first(count));
        if (written.outcome == Stream::Outcome::closed) {
            drop();
            return;
        }
        if (written.outcome == Stream::Outcome::would_block) {
            if (deadline_ == Clock::time_point::max()) {
                deadline_ = Clock::now() + worker_->limits().write_timeout;
                moved_bytes_ = 0;
            }
            waits_to_write_ = true;
            stream_->wait_writable(shared_from_this());
            return;
        }
        advance(written.bytes);
    }
    queue_ = {};
    first_ = 0;
    if (state_ == State::open) {
        deadline_ = Clock::time_point::max();
    } else if (peer_closed_) {
        drop();
    }
}

void WebSocketSession::advance(std::size_t bytes) {
    queued_bytes_ -= bytes;
    moved_bytes_ += bytes;
    bytes += sent_of_first_;
    while (first_ < queue_.size() && bytes >= queue_[first_].size()) {
        bytes -= queue_[first_].size();
        queue_[first_].payload.reset();
        ++first_;
    }
    sent_of_first_ = bytes;
}

void WebSocketSession::on_writable() {
    waits_to_write_ = false;
    if (state_ != State::closed) {
        send();
    }
}

void WebSocketSession::on_readable() {
    waits_to_read_ = false;
    try {
        read();
    } catch (const std::exception& error) {  // what a message brought about ends this socket only
        log::error("a websocket failed", {{"error", error.what()}});
        drop();
    }
}

void WebSocketSession::read() {
    const auto buffer = worker_->read_buffer();
    for (int i = 0; i < most_reads_in_a_row && state_ != State::closed; ++i) {
        const auto got = stream_->read(buffer);
        if (got.outcome == Stream::Outcome::closed) {
            drop();
            return;
        }
        if (got.outcome == Stream::Outcome::would_block) {
            break;
        }
        take(buffer.first(got.bytes));
        if (got.bytes < buffer.size()) {
            break;
        }
    }
    wait_readable();
}

void WebSocketSession::take(std::span<char> bytes) {
    if (state_ == State::failed || state_ == State::closed) {
        return;  // what still comes is drained, so that our close is not lost in a reset
    }
    auto problem = reader_.read(bytes, *this);
    if (!problem && !held_.hold(reader_.held_bytes())) {
        problem = close_code::try_again_later;
    }
    if (problem) {
        const bool is_first_word = state_ == State::open;
        state_ = State::failed;
        if (is_first_word) {
            tell_closed();
            queue_close(problem);
        }
    }
}

bool WebSocketSession::take_message(std::string_view payload, bool is_binary) {
    if (state_ == State::open && on_message) {
        on_message(payload, is_binary);
    }
    return state_ == State::open || state_ == State::closing;
}

bool WebSocketSession::take_ping(std::string_view payload) {
    if (state_ == State::open) {
        queue(Opcode::pong, std::make_shared<const std::string>(payload));
    }
    return state_ == State::open || state_ == State::closing;
}

// The first to close gets its code back; then the connection is over for both.
bool WebSocketSession::take_close(std::uint16_t code) {
    peer_closed_ = true;
    if (state_ == State::open) {
        state_ = State::closing;
        tell_closed();
        queue_close(code);
    } else if (queue_.empty()) {
        drop();
    }
    return false;
}

void WebSocketSession::wait_readable() {
    if (state_ != State::closed && !waits_to_read_) {
        waits_to_read_ = true;
        stream_->wait_readable(shared_from_this());
    }
}

void WebSocketSession::check_deadline(Clock::time_point now) {
    if (now < deadline_) {
        return;
    }
    const auto window = worker_->limits().write_timeout;
    const auto least = least_bytes_per_second * static_cast<std::size_t>(window.count()) / 1'000;
    if (state_ == State::open && moved_bytes_ >= least) {
        deadline_ = now + window;
        moved_bytes_ = 0;
        return;
    }
    drop();
}

// In a turn of its own: whoever sends to many must not find its list changed in the middle.
void WebSocketSession::tell_closed() {
    if (std::exchange(is_told_, true)) {
        return;
    }
    loop().post([self = shared_from_this()] {
        const auto tell = std::exchange(self->on_close, {});
        self->on_message = {};
        if (tell) {
            tell();
        }
    });
}

void WebSocketSession::drop() {
    if (state_ == State::closed) {
        return;
    }
    state_ = State::closed;
    queue_ = {};
    first_ = queued_bytes_ = 0;
    stream_->close();
    if (is_known_) {
        is_known_ = false;
        worker_->leave(*this);
    }
    tell_closed();
}

}  // namespace ponte::http
