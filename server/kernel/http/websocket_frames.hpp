// RFC 6455 frames: reads those of a client, strictly, writes the heads of ours. Knows no socket.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ponte::http {

namespace close_code {
constexpr std::uint16_t normal = 1000, going_away = 1001, protocol_error = 1002, no_status = 1005,
                        not_utf8 = 1007, policy = 1008, too_big = 1009, try_again_later = 1013;
}

enum class Opcode : std::uint8_t {
    continuation = 0,
    text = 1,
    binary = 2,
    close = 8,
    ping = 9,
    pong = 10
};

class FrameSink {
public:
    virtual ~FrameSink() = default;
    // False ends the reading of what came along.
    virtual bool take_message(std::string_view payload, bool is_binary) = 0;
    virtual bool take_ping(std::string_view payload) = 0;
    virtual bool take_close(std::uint16_t code) = 0;  // no_status when it names none
};

class FrameReader {
public:
    explicit FrameReader(std::size_t most_message_bytes)
        : most_message_bytes_(most_message_bytes) {}

    // Unmasks `bytes` where they are. Returns 0, or the code to close with.
    std::uint16_t read(std::span<char> bytes, FrameSink& sink);
    std::size_t held_bytes() const { return parts_.size() + control_.size(); }

private:
    std::uint16_t read_head(std::span<char>& bytes);
    std::uint16_t understand_head();
    std::uint16_t read_payload(std::span<char>& bytes, FrameSink& sink, bool& goes_on);
    std::uint16_t finish(std::string_view payload, FrameSink& sink, bool& goes_on);
    bool is_control() const { return (static_cast<std::uint8_t>(opcode_) & 8) != 0; }

    const std::size_t most_message_bytes_;
    std::array<char, 14> head_{};
    std::uint8_t head_size_ = 0;
    std::array<char, 4> mask_{};
    bool in_payload_ = false, is_final_ = false, is_fragmented_ = false;
    Opcode opcode_ = Opcode::text;   // of the frame
    Opcode message_ = Opcode::text;  // of the message that is being put together
    std::uint64_t left_ = 0, unmasked_ = 0;
    std::string parts_;    // of a message that did not come in one piece
    std::string control_;  // the same of a ping or close, which may come in between
};

// The head of an unmasked, whole frame.
struct FrameHead {
    std::array<char, 10> bytes{};
    std::uint8_t size = 0;
};
FrameHead frame_head(Opcode opcode, std::uint64_t payload_bytes);

}  // namespace ponte::http
