// One upgraded connection. Frames wait in a bounded queue and share their payloads with the other
// sockets that get the same; an idle socket holds no buffer at all. Whoever reads too slowly is
// dropped, never waited for.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/http.hpp"
#include "kernel/http/connection.hpp"
#include "kernel/http/held_bytes.hpp"
#include "kernel/http/stream.hpp"
#include "kernel/http/websocket_frames.hpp"

namespace ponte::http {

class Worker;

bool wants_websocket(const Request& request);
int handshake_problem(const Request& request);  // the status of the refusal, 0 when there is none
std::string handshake_answer(const Request& request);

class WebSocketSession final : public WebSocket,
                               public StreamOwner,
                               public Connection,
                               private FrameSink,
                               public std::enable_shared_from_this<WebSocketSession> {
public:
    using Open = std::function<void(std::shared_ptr<WebSocket>)>;

    WebSocketSession(std::shared_ptr<Worker> worker, std::unique_ptr<Stream> stream,
                     std::string_view address);
    ~WebSocketSession() override;

    // `first` goes out before any frame; `early` came in behind the request.
    void begin(std::string first, const Open& open, std::string early);

    Loop& loop() override;
    void send_text(std::shared_ptr<const std::string> payload) override;
    void send_binary(std::shared_ptr<const std::string> payload) override;
    void close(std::uint16_t code) override;
    std::size_t queued_bytes() const override { return queued_bytes_; }

    void on_readable() override;
    void on_writable() override;
    void check_deadline(Clock::time_point now) override;
    void drain() override { close(close_code::going_away); }
    void kill() override { drop(); }

private:
    struct Frame {
        FrameHead head;
        std::shared_ptr<const std::string> payload;
        std::size_t size() const { return head.size + payload->size(); }
    };
    // Open; our close is on its way; only the peer's end is awaited; over.
    enum class State : std::uint8_t { open, closing, failed, closed };

    bool take_message(std::string_view payload, bool is_binary) override;
    bool take_ping(std::string_view payload) override;
    bool take_close(std::uint16_t code) override;

    void read();
    void take(std::span<char> bytes);
    void queue(Opcode opcode, std::shared_ptr<const std::string> payload);
    void queue_close(std::uint16_t code);
    void send();
    void advance(std::size_t bytes);
    void wait_readable();
    void tell_closed();
    void drop();

    std::shared_ptr<Worker> worker_;
    std::unique_ptr<Stream> stream_;
    FrameReader reader_;
    HeldBytes::Share held_;  // of a message that has not come to its end
    std::vector<Frame> queue_;
    std::size_t first_ = 0, sent_of_first_ = 0;  // where the queue begins
    std::size_t queued_bytes_ = 0, moved_bytes_ = 0;
    Clock::time_point deadline_ = Clock::time_point::max();
    State state_ = State::open;
    bool waits_to_read_ = false, waits_to_write_ = false, is_known_ = false, peer_closed_ = false,
         is_told_ = false;
};

}  // namespace ponte::http
