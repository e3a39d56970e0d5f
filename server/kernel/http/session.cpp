#include "kernel/http/session.hpp"

#include <limits>

#include "kernel/http/exchange.hpp"
#include "kernel/http/request_facts.hpp"
#include "kernel/http/worker.hpp"
#include "kernel/log.hpp"

namespace ponte::http {
namespace {

constexpr Milliseconds lingering_time{2'000};
constexpr int most_reads_in_a_row = 16;
// Who moves fewer bytes than this in a whole timeout is not slow but idle, or wants to hurt.
constexpr std::size_t least_bytes_per_second = 1024;

}  // namespace

Session::Session(std::shared_ptr<Worker> worker, std::unique_ptr<Stream> stream, std::string peer)
    : worker_(std::move(worker)), stream_(std::move(stream)), peer_(std::move(peer)) {}

Session::~Session() {
    if (is_known_) {
        worker_->leave(*this);
    }
}

void Session::begin() {
    worker_->enter(*this);
    is_known_ = true;
    set_deadline(worker_->limits().header_timeout);
    wait();
}

// The border of style §5: what goes wrong inside ends this connection and no other.
template <class Step>
void Session::guarded(Step step) {
    try {
        step();
    } catch (const std::exception& error) {
        log::error("a connection failed", {{"error", error.what()}});
        close();
    }
}

void Session::on_readable() {
    waits_to_read_ = false;
    guarded([this] { read(); });
}

void Session::on_writable() {
    waits_to_write_ = false;
    go_on();
}

void Session::go_on() {
    guarded([this] { advance({}); });
}

void Session::read() {
    const auto buffer = worker_->read_buffer();
    for (int i = 0; i < most_reads_in_a_row; ++i) {
        if (stage_ == Stage::closed) {
            return;
        }
        const auto got = stream_->read(buffer);
        if (got.outcome == Stream::Outcome::closed) {
            close();
            return;
        }
        if (got.outcome == Stream::Outcome::would_block) {
            break;
        }
        moved_bytes_ += got.bytes;
        advance({buffer.data(), got.bytes});
        const bool wants_more = stage_ == Stage::body || stage_ == Stage::lingering;
        if (!wants_more || got.bytes < buffer.size()) {
            break;
        }
    }
    wait();
}

// Goes on as far as input, handlers and the socket allow. The one place that sends.
void Session::advance(std::string_view input) {
    is_advancing_ = true;
    std::string joined;
    if (!pending_.empty()) {
        joined = std::move(pending_);
        joined.append(input);
        input = joined;
    }
    for (;;) {
        if (!out_.has_large()) {
            process(input);
        }
        if (out_.is_empty() ? stage_ != Stage::sending : !flush()) {
            break;
        }
        if (stage_ != Stage::sending) {
            break;
        }
        sent_all();
    }
    is_advancing_ = false;
    if (stage_ == Stage::closed || stage_ == Stage::lingering) {
        pending_ = {};
    } else if (!joined.empty() && input.size() == joined.size()) {
        pending_ = std::move(joined);
    } else {
        pending_.assign(input);
    }
    wait();
}

void Session::process(std::string_view& input) {
    for (;;) {
        switch (stage_) {
            case Stage::head:
                if (!take_head(input)) {
                    return;
                }
                break;
            case Stage::body:
                if (!take_body(input)) {
                    return;
                }
                break;
            case Stage::lingering:
                input = {};
                return;
            default:
                return;
        }
    }
}

bool Session::take_head(std::string_view& input) {
    const bool is_new = !exchange_;
    if (is_new) {
        while (input.starts_with("\r\n")) {  // RFC 9112: some clients end a body with one
            input.remove_prefix(2);
        }
        if (input.empty()) {
            return false;
        }
        exchange_ = std::make_unique<Exchange>(worker_->limits());
        scanned_ = 0;
    }
    const Limits& limits = worker_->limits();
    const std::size_t length = RequestParser::head_length(input, scanned_);
    if (std::max<std::uint64_t>(length, length ? 0 : input.size()) > limits.header_bytes) {
        const bool is_target = input.substr(0, limits.target_bytes + 64).find('\n') == input.npos;
        refuse(is_target ? 414 : 431, is_target ? "target_too_long" : "headers_too_large");
        return false;
    }
    if (length == 0) {
        if (RequestParser::ends_lines_with_line_feeds(input)) {
            refuse(400, "bad_request");  // its empty line would never come
            return false;
        }
        if (is_new) {
            set_deadline(limits.header_timeout);
        }
        return false;
    }
    const auto problem = exchange_->parser.read_head(input.substr(0, length), exchange_->request);
    input.remove_prefix(length);
    if (problem) {
        refuse(problem.status, problem.code);
        return false;
    }
    admit(input);
    return true;
}

bool Session::take_body(std::string_view& input) {
    if (input.empty()) {
        return false;
    }
    std::size_t taken = 0;
    const auto problem = exchange_->parser.read_body(input, taken);
    input.remove_prefix(taken);
    if (problem) {
        const bool is_of_upload = exchange_->upload && exchange_->upload->problem();
        const auto shown = is_of_upload ? exchange_->upload->problem() : problem;
        refuse(shown.status, shown.code);
        return false;
    }
    if (!exchange_->held->hold(exchange_->body_bytes())) {
        refuse(503, "overloaded");
        return false;
    }
    body_taken();
    if (stage_ == Stage::body && input.size() > worker_->limits().header_bytes) {
        refuse(400, "bad_request");  // an endless chunk header or trailer
        return false;
    }
    return stage_ != Stage::body || (taken > 0 && !input.empty());
}

void Session::respond(Response response) {
    if (stage_ == Stage::closed) {
        return;  // the client has gone, or the server has
    }
    guarded([&] {
        compose(response);
        if (!is_advancing_) {
            advance({});
        }
    });
}

void Session::refuse(int status, std::string_view code) {
    closes_ = true;
    if (!exchange_) {
        exchange_ = std::make_unique<Exchange>(worker_->limits());
    }
    Request& request = exchange_->request;
    if (request.request_id.empty()) {  // it went wrong before the head was read
        complete_facts(request, peer_, worker_->config().trust_proxy);
    }
    respond(worker_->handlers().refuse(request, status, code));
}

// True when everything is sent.
bool Session::flush() {
    std::size_t sent = 0;
    const auto outcome = out_.send(*stream_, sent);
    if (outcome == Stream::Outcome::closed) {
        close();
        return false;
    }
    moved_bytes_ += sent;
    if (outcome == Stream::Outcome::would_block) {
        if (!is_blocked_) {  // later the window is renewed by check_deadline, if enough moves
            is_blocked_ = true;
            set_deadline(worker_->limits().write_timeout);
        }
        return false;
    }
    answered_in_a_row_ = 0;
    worker_->give_back(std::move(out_.text));
    out_.text = {};
    if (std::exchange(is_blocked_, false)) {
        set_deadline_of_stage();
    }
    return true;
}

void Session::set_deadline_of_stage() {
    const Limits& limits = worker_->limits();
    if (stage_ == Stage::head) {
        set_deadline(exchange_ ? limits.header_timeout : limits.idle_timeout);
    } else if (stage_ == Stage::body) {
        set_deadline(limits.body_timeout);
    } else {
        deadline_ = Clock::time_point::max();  // the handler's time is the handler's business
    }
}

void Session::sent_all() {
    if (closes_) {
        // Closing at once would reset the connection under bytes that we have not read, and with it
        // destroy our answer.
        stage_ = Stage::lingering;
        stream_->finish_sending();
        set_deadline(lingering_time);
        return;
    }
    stage_ = Stage::head;
    set_deadline_of_stage();
}

void Session::wait() {
    if (stage_ == Stage::closed) {
        return;
    }
    if (!out_.is_empty()) {
        if (!waits_to_write_) {
            waits_to_write_ = true;
            stream_->wait_writable(shared_from_this());
        }
        return;
    }
    const bool wants_input =
        stage_ == Stage::head || stage_ == Stage::body || stage_ == Stage::lingering;
    if (wants_input && !waits_to_read_) {
        waits_to_read_ = true;
        stream_->wait_readable(shared_from_this());
    }
}

void Session::set_deadline(Milliseconds from_now) {
    deadline_ = Clock::now() + from_now;
    moved_bytes_ = 0;
}

// Of a body or a response: a window in which enough has moved is followed by another.
bool Session::moves_enough() {
    const bool is_out = !out_.is_empty();
    const auto window = is_out ? worker_->limits().write_timeout : worker_->limits().body_timeout;
    const auto least = least_bytes_per_second * static_cast<std::size_t>(window.count()) / 1'000;
    if ((!is_out && stage_ != Stage::body) || moved_bytes_ < least) {
        return false;
    }
    set_deadline(window);
    return true;
}

void Session::check_deadline(Clock::time_point now) {
    if (now < deadline_ || moves_enough()) {
        return;
    }
    deadline_ = Clock::time_point::max();
    const bool is_request = stage_ == Stage::body || (stage_ == Stage::head && exchange_);
    if (!out_.is_empty()) {
        stream_->abort();
        close();
    } else if (is_request) {
        guarded([this] { refuse(408, "request_timeout"); });
    } else if (stage_ == Stage::head || stage_ == Stage::lingering) {
        close();
    }
}

void Session::drain() {
    const bool is_idle = stage_ == Stage::head && !exchange_ && out_.is_empty();
    if (is_idle || stage_ == Stage::lingering) {
        close();
    }
    closes_ = true;
}

void Session::kill() { close(); }

void Session::close() {
    if (stage_ == Stage::closed) {
        return;
    }
    stage_ = Stage::closed;
    if (stream_) {
        stream_->close();
    }
    if (is_known_) {
        is_known_ = false;
        worker_->leave(*this);
    }
}

}  // namespace ponte::http
