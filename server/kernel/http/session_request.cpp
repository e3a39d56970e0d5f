// The Session's middle: what happens between a request's head and the bytes of its answer.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <limits>

#include "kernel/http/exchange.hpp"
#include "kernel/http/file_range.hpp"
#include "kernel/http/request_facts.hpp"
#include "kernel/http/websocket_session.hpp"
#include "kernel/http/worker.hpp"
#include "kernel/log.hpp"

namespace ponte::http {
namespace {

constexpr std::size_t most_copied_body = 16 * 1024;  // larger ones are sent from where they are
constexpr std::size_t most_batched_bytes = 64 * 1024;
constexpr std::size_t least_packed_body = 8 * 1024;

bool has_no_body(int status) { return status == 204 || status == 304 || status < 200; }

}  // namespace

void Session::admit(std::string_view& input) {
    Exchange& exchange = *exchange_;
    complete_facts(exchange.request, peer_, worker_->config().trust_proxy);
    if (wants_websocket(exchange.request) && upgrade(input)) {
        return;
    }
    if (exchange.parser.has_body()) {
        begin_body(!input.empty());
    } else {
        handle();
    }
}

void Session::begin_body(bool has_more_input) {
    Exchange& exchange = *exchange_;
    Request& request = exchange.request;
    const auto& rule_of = worker_->handlers().body_rule;
    const BodyRule rule = rule_of ? rule_of(request) : BodyRule{};
    if (rule.is_unwanted) {
        closes_ = true;
        handle();
        return;
    }
    if (exchange.parser.announced_bytes() > rule.max_bytes) {
        refuse(413, "payload_too_large");
        return;
    }
    const auto boundary =
        rule.multipart_to_disk ? multipart_boundary(request.header("content-type")) : std::nullopt;
    if (boundary) {
        exchange.upload =
            std::make_unique<Multipart>(*boundary, worker_->config().upload_dir, request);
        exchange.parser.limit_body(rule.max_bytes, [upload = exchange.upload.get()](auto bytes) {
            return upload->take(bytes);
        });
    } else {
        exchange.parser.limit_body(rule.max_bytes, [&request](std::string_view bytes) {
            request.body.append(bytes);
            return true;
        });
    }
    exchange.held = std::make_unique<HeldBytes::Share>(worker_->held(), request.remote_address);
    if (exchange.parser.expects_continue() && !has_more_input) {
        out_.text += "HTTP/1.1 100 Continue\r\n\r\n";
    }
    stage_ = Stage::body;
    set_deadline(worker_->limits().body_timeout);
}

void Session::body_taken() {
    Exchange& exchange = *exchange_;
    const bool is_done = exchange.parser.is_done();
    if (!exchange.upload) {
        if (is_done) {
            handle();
        }
        return;
    }
    if (is_done && !exchange.upload->is_complete()) {
        refuse(400, "bad_request");
    } else if (exchange.upload->has_full_block() || (is_done && exchange.upload->has_block())) {
        stage_ = Stage::saving;
        deadline_ = Clock::time_point::max();
        spawn_now(worker_->loop(), save(shared_from_this()));
    } else if (is_done) {
        handle();
    }
}

// Disks stall; the loop must not. While a block is written the client waits.
Task<> Session::save(std::shared_ptr<Session> session) {
    Multipart* upload = session->exchange_->upload.get();
    std::function<void()> work = [upload] { upload->save(); };
    co_await run_blocking(session->worker_->loop(), std::move(work));
    if (session->stage_ == Stage::closed) {
        co_return;
    }
    if (const auto problem = upload->problem()) {
        session->refuse(problem.status, problem.code);
        co_return;
    }
    session->stage_ = Stage::body;
    session->set_deadline_of_stage();
    if (session->exchange_->parser.is_done()) {
        session->handle();
    }
    session->go_on();
}

void Session::handle() {
    stage_ = Stage::handling;
    deadline_ = Clock::time_point::max();
    spawn_now(worker_->loop(), answer(shared_from_this()));
}

Task<> Session::answer(std::shared_ptr<Session> session) {
    Response response;
    std::string failure;
    try {
        response = co_await session->worker_->handlers().handle(session->worker_->loop(),
                                                                session->exchange_->request);
    } catch (const std::exception& error) {
        failure = error.what();
    } catch (...) {
        failure = "unknown exception";
    }
    if (!failure.empty()) {
        log::error("a handler failed",
                   {{"error", failure}, {"requestId", session->exchange_->request.request_id}});
        response =
            session->worker_->handlers().refuse(session->exchange_->request, 500, "internal");
    }
    session->respond(std::move(response));
}

// True when the connection is no HTTP connection any more, or was told why it cannot be another.
bool Session::upgrade(std::string_view& input) {
    const Request& request = exchange_->request;
    if (!worker_->handlers().upgrade) {
        return false;
    }
    if (const int status = handshake_problem(request); status != 0) {
        Response refusal = worker_->handlers().refuse(request, status, "websocket");
        refusal.with("Sec-WebSocket-Version", "13");
        closes_ = true;
        respond(std::move(refusal));
        return true;
    }
    Response refusal;
    const auto open = worker_->handlers().upgrade(request, refusal);
    if (!open) {
        const bool is_refused = refusal.status != 200;
        if (is_refused) {
            closes_ = true;
            respond(std::move(refusal));
        }
        return is_refused;
    }
    std::string first = out_.take_unsent() + handshake_answer(request);
    const auto socket =
        std::make_shared<WebSocketSession>(worker_, std::move(stream_), request.remote_address);
    const std::string early(input);
    input = {};
    stage_ = Stage::closed;
    worker_->leave(*this);
    is_known_ = false;
    socket->begin(std::move(first), open, early);
    return true;
}

// Puts the answer behind those that were not sent yet and frees the request.
void Session::compose(Response& response) {
    const bool is_head = exchange_ && exchange_->request.method == "HEAD";
    closes_ = closes_ || !exchange_ || !exchange_->parser.keeps_alive() || worker_->is_draining();
    if (out_.text.capacity() < 1024) {
        std::string text = worker_->borrow_text();
        text += out_.text;
        out_.text = std::move(text);
    }
    compose_body(response, is_head);
    exchange_.reset();
    const bool is_batch_full = ++answered_in_a_row_ >= worker_->limits().pipeline_depth ||
                               out_.text.size() >= most_batched_bytes;
    stage_ = closes_ || is_batch_full || out_.has_large() ? Stage::sending : Stage::head;
    if (stage_ == Stage::head) {
        set_deadline_of_stage();
    }
}

void Session::compose_body(Response& response, bool is_head) {
    static const Request nobody;
    const Request& request = exchange_ ? exchange_->request : nobody;
    FileRange file;
    if (!response.file_path.empty()) {
        file = open_file_range(response, request);
    }
    std::string_view body = response.shared_body ? *response.shared_body : response.body;
    if (body.size() >= least_packed_body && is_compressible(response.content_type) &&
        !sets_header(response, "content-encoding")) {
        if (!sets_header(response, "vary")) {
            response.with("Vary", "Accept-Encoding");
        }
        if (accepted_codings(request.header("accept-encoding")).gzip) {
            if (auto packed = worker_->gzip.pack(body)) {
                response.with("Content-Encoding", "gzip");
                response.body = std::move(*packed);
                response.shared_body.reset();
                body = response.body;
            }
        }
    }
    HeadFacts facts;
    facts.request_id = request.request_id;
    facts.date = worker_->date.now();
    facts.closes = closes_;
    facts.is_http_1_0 = exchange_ && exchange_->parser.is_http_1_0();
    facts.is_secure = request.is_secure;
    if (!has_no_body(response.status)) {
        facts.body_bytes = file.handle >= 0 ? file.bytes : body.size();
    }
    append_head(out_.text, response, facts);
    if (is_head || has_no_body(response.status)) {
        return;
    }
    if (file.handle >= 0) {
        out_.set_file(std::exchange(file.handle, -1), file.bytes);
    } else if (body.size() <= most_copied_body) {
        out_.text += body;
    } else if (response.shared_body) {
        out_.set_body(std::move(response.shared_body));
    } else {
        out_.set_body(std::move(response.body));
    }
}

}  // namespace ponte::http
