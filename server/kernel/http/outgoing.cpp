#include "kernel/http/outgoing.hpp"

#include <unistd.h>

#include <algorithm>

namespace ponte::http {
namespace {
constexpr std::size_t fair_share_bytes = 1u << 20;
}

void Outgoing::set_body(std::string body) {
    owned_ = std::move(body);
    large_left_ = owned_.size();
}

void Outgoing::set_body(std::shared_ptr<const std::string> body) {
    shared_ = std::move(body);
    large_left_ = shared_->size();
}

void Outgoing::set_file(int file, std::uint64_t bytes) {
    file_ = file;
    large_left_ = bytes;
    if (bytes == 0) {
        close_file();
    }
}

std::string_view Outgoing::large() const {
    const std::string_view whole = shared_ ? *shared_ : owned_;
    return file_ >= 0 ? std::string_view{} : whole.substr(whole.size() - large_left_);
}

void Outgoing::advance(std::size_t bytes) {
    const std::size_t of_text = std::min(bytes, text.size() - sent_);
    sent_ += of_text;
    large_left_ -= bytes - of_text;
    if (sent_ == text.size()) {
        text.clear();
        sent_ = 0;
    }
    if (large_left_ == 0) {
        owned_ = {};
        shared_.reset();
        close_file();
    }
}

Stream::Outcome Outgoing::send_memory(Stream& stream, std::size_t& sent_bytes) {
    while (sent_ < text.size() || (file_ < 0 && large_left_ > 0)) {
        const std::string_view body = large();
        const iovec parts[] = {{text.data() + sent_, text.size() - sent_},
                               {const_cast<char*>(body.data()), body.size()}};
        const auto written = stream.write(parts);
        if (written.outcome != Stream::Outcome::done) {
            return written.outcome;
        }
        sent_bytes += written.bytes;
        advance(written.bytes);
    }
    return Stream::Outcome::done;
}

Stream::Outcome Outgoing::send_file(Stream& stream, std::size_t& sent_bytes) {
    std::size_t share = 0;
    while (large_left_ > 0) {
        if (share >= fair_share_bytes) {
            return Stream::Outcome::would_block;
        }
        const auto most = std::min<std::uint64_t>(large_left_, fair_share_bytes);
        const auto written = stream.send_file(file_, static_cast<std::size_t>(most));
        if (written.outcome != Stream::Outcome::done) {
            return written.outcome;
        }
        if (written.bytes == 0) {  // the file is shorter than it was: the promise is broken
            return Stream::Outcome::closed;
        }
        share += written.bytes;
        sent_bytes += written.bytes;
        advance(written.bytes);
    }
    return Stream::Outcome::done;
}

Stream::Outcome Outgoing::send(Stream& stream, std::size_t& sent_bytes) {
    const auto outcome = send_memory(stream, sent_bytes);
    return outcome == Stream::Outcome::done ? send_file(stream, sent_bytes) : outcome;
}

std::string Outgoing::take_unsent() {
    std::string unsent = text.substr(sent_);
    text.clear();
    sent_ = 0;
    return unsent;
}

void Outgoing::close_file() {
    if (file_ >= 0) {
        ::close(file_);
        file_ = -1;
    }
}

}  // namespace ponte::http
