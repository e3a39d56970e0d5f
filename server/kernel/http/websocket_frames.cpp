#include "kernel/http/websocket_frames.hpp"

#include <algorithm>
#include <cstring>

#include "kernel/values.hpp"

namespace ponte::http {
namespace {

constexpr std::size_t most_control_bytes = 125;

std::uint64_t big_endian(const char* bytes, int count) {
    std::uint64_t value = 0;
    for (int i = 0; i < count; ++i) {
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    }
    return value;
}

void unmask(std::span<char> bytes, const std::array<char, 4>& mask, std::uint64_t offset) {
    std::array<char, 8> turned{};
    for (std::size_t i = 0; i < turned.size(); ++i) {
        turned[i] = mask[(offset + i) & 3];
    }
    std::uint64_t pattern = 0, word = 0;
    std::memcpy(&pattern, turned.data(), 8);
    std::size_t i = 0;
    for (; i + 8 <= bytes.size(); i += 8) {
        std::memcpy(&word, bytes.data() + i, 8);
        word ^= pattern;
        std::memcpy(bytes.data() + i, &word, 8);
    }
    for (; i < bytes.size(); ++i) {
        bytes[i] = static_cast<char>(bytes[i] ^ turned[i & 7]);
    }
}

bool may_be_sent(std::uint64_t code) {
    const bool is_reserved = code == 1004 || code == 1005 || code == 1006 || code > 1014;
    return (code >= 1000 && code < 3000 && !is_reserved) || (code >= 3000 && code < 5000);
}

}  // namespace

std::uint16_t FrameReader::read(std::span<char> bytes, FrameSink& sink) {
    bool goes_on = true;
    while (goes_on) {
        std::uint16_t problem = 0;
        if (!in_payload_) {
            if (bytes.empty()) {
                return 0;
            }
            problem = read_head(bytes);
        } else {
            if (bytes.empty() && left_ > 0) {
                return 0;
            }
            problem = read_payload(bytes, sink, goes_on);
        }
        if (problem != 0) {
            return problem;
        }
    }
    return 0;
}

// Collects the head, whose first two bytes say how long it is.
std::uint16_t FrameReader::read_head(std::span<char>& bytes) {
    constexpr std::uint8_t mask_bytes = 4;
    std::uint8_t wanted = 2;
    if (head_size_ >= 2) {
        const int length = head_[1] & 0x7f;
        wanted = static_cast<std::uint8_t>(2 +
                                           (length == 127   ? 8
                                            : length == 126 ? 2
                                                            : 0) +
                                           mask_bytes);
    }
    const auto taken = std::min<std::size_t>(wanted - head_size_, bytes.size());
    std::memcpy(head_.data() + head_size_, bytes.data(), taken);
    head_size_ = static_cast<std::uint8_t>(head_size_ + taken);
    bytes = bytes.subspan(taken);
    if (head_size_ == 2 && (head_[1] & 0x80) == 0) {
        return close_code::protocol_error;  // clients must mask
    }
    return head_size_ == wanted && wanted > 2 ? understand_head() : std::uint16_t{0};
}

std::uint16_t FrameReader::understand_head() {
    const auto first = static_cast<unsigned char>(head_[0]);
    const int length = head_[1] & 0x7f;
    const int extended = length == 127 ? 8 : length == 126 ? 2 : 0;
    left_ = extended == 0 ? static_cast<std::uint64_t>(length) : big_endian(&head_[2], extended);
    std::memcpy(mask_.data(), &head_[2 + static_cast<std::size_t>(extended)], mask_.size());
    is_final_ = (first & 0x80) != 0;
    opcode_ = static_cast<Opcode>(first & 0x0f);
    head_size_ = 0;
    unmasked_ = 0;
    in_payload_ = true;

    const bool has_reserved_bits = (first & 0x70) != 0;
    const bool is_known =
        opcode_ <= Opcode::binary || (opcode_ >= Opcode::close && opcode_ <= Opcode::pong);
    const bool is_bad_control = is_control() && (!is_final_ || left_ > most_control_bytes);
    const bool is_continuation = opcode_ == Opcode::continuation;
    const bool is_out_of_turn = !is_control() && is_continuation != is_fragmented_;
    if (has_reserved_bits || !is_known || is_bad_control || is_out_of_turn) {
        return close_code::protocol_error;
    }
    if (!is_control() &&
        left_ > most_message_bytes_ - std::min(most_message_bytes_, parts_.size())) {
        return close_code::too_big;
    }
    if (!is_control() && !is_continuation) {
        message_ = opcode_;
    }
    return 0;
}

std::uint16_t FrameReader::read_payload(std::span<char>& bytes, FrameSink& sink, bool& goes_on) {
    const auto part =
        bytes.first(static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size())));
    bytes = bytes.subspan(part.size());
    unmask(part, mask_, unmasked_);
    unmasked_ += part.size();
    left_ -= part.size();
    std::string& earlier = is_control() ? control_ : parts_;
    const std::string_view payload(part.data(), part.size());
    const bool is_whole = left_ == 0;
    in_payload_ = !is_whole;
    if (!is_control() && is_whole) {
        is_fragmented_ = !is_final_;
    }
    const bool is_end = is_whole && is_final_;
    if (is_end && earlier.empty()) {
        return finish(payload, sink, goes_on);
    }
    earlier.append(payload);
    if (!is_end) {
        return 0;
    }
    const std::string all = std::move(earlier);
    earlier = {};
    return finish(all, sink, goes_on);
}

std::uint16_t FrameReader::finish(std::string_view payload, FrameSink& sink, bool& goes_on) {
    if (opcode_ == Opcode::ping) {
        goes_on = sink.take_ping(payload);
    } else if (opcode_ == Opcode::close) {
        const auto code =
            payload.size() < 2 ? close_code::no_status : big_endian(payload.data(), 2);
        const bool is_sane = payload.empty() || (payload.size() >= 2 && may_be_sent(code));
        if (!is_sane || (payload.size() > 2 && !is_valid_utf8(payload.substr(2)))) {
            return close_code::protocol_error;
        }
        goes_on = sink.take_close(static_cast<std::uint16_t>(code));
    } else if (!is_control()) {
        if (message_ == Opcode::text && !is_valid_utf8(payload)) {
            return close_code::not_utf8;
        }
        goes_on = sink.take_message(payload, message_ == Opcode::binary);
    }
    return 0;
}

FrameHead frame_head(Opcode opcode, std::uint64_t payload_bytes) {
    FrameHead head;
    head.bytes[0] = static_cast<char>(0x80 | static_cast<int>(opcode));
    const int extended = payload_bytes < 126 ? 0 : payload_bytes < 65'536 ? 2 : 8;
    head.bytes[1] = static_cast<char>(extended == 0 ? payload_bytes : extended == 2 ? 126 : 127);
    for (int i = 0; i < extended; ++i) {
        const int shift = 8 * (extended - 1 - i);
        head.bytes[static_cast<std::size_t>(2 + i)] = static_cast<char>(payload_bytes >> shift);
    }
    head.size = static_cast<std::uint8_t>(2 + extended);
    return head;
}

}  // namespace ponte::http
