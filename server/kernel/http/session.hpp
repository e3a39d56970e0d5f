// One HTTP connection: takes requests off the wire one after the other, has each answered, and
// sends the answers in their order. While a request is being answered nothing is read, so a client
// that pipelines waits in its own socket. Every stage has a deadline.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "kernel/http.hpp"
#include "kernel/http/connection.hpp"
#include "kernel/http/outgoing.hpp"
#include "kernel/http/stream.hpp"

namespace ponte::http {

class Worker;

class Session final : public StreamOwner,
                      public Connection,
                      public std::enable_shared_from_this<Session> {
public:
    Session(std::shared_ptr<Worker> worker, std::unique_ptr<Stream> stream, std::string peer);
    ~Session() override;

    void begin();
    void refuse(int status, std::string_view code);  // the connection ends with this answer

    void on_readable() override;
    void on_writable() override;
    void check_deadline(Clock::time_point now) override;
    void drain() override;
    void kill() override;

private:
    // What the connection waits for: a head, a body, the disk, the handler, room to send, or the
    // client's last bytes before closing.
    enum class Stage { head, body, saving, handling, sending, lingering, closed };
    struct Exchange;

    static Task<> answer(std::shared_ptr<Session> session);
    static Task<> save(std::shared_ptr<Session> session);

    void read();
    void advance(std::string_view input);
    void process(std::string_view& input);
    bool take_head(std::string_view& input);
    bool take_body(std::string_view& input);
    void admit(std::string_view& input);
    bool upgrade(std::string_view& input);
    void begin_body(bool has_more_input);
    void body_taken();
    void handle();
    void respond(Response response);
    void compose(Response& response);
    void compose_body(Response& response, bool is_head);
    bool flush();
    void sent_all();
    void wait();
    void set_deadline(Milliseconds from_now);
    void set_deadline_of_stage();
    bool moves_enough();
    void close();
    template <class Step>
    void guarded(Step step);
    void go_on();

    std::shared_ptr<Worker> worker_;
    std::unique_ptr<Stream> stream_;
    std::string peer_;
    std::string pending_;  // input that was read and not understood yet
    std::size_t scanned_ = 0;
    std::unique_ptr<Exchange> exchange_;  // the request at hand; none while idle
    Outgoing out_;
    Clock::time_point deadline_ = Clock::time_point::max();
    std::size_t moved_bytes_ = 0;  // since the deadline was set
    std::uint32_t answered_in_a_row_ = 0;
    Stage stage_ = Stage::head;
    bool is_advancing_ = false, waits_to_read_ = false, waits_to_write_ = false, closes_ = false,
         is_blocked_ = false,  // the client does not take what we send
        is_known_ = false;     // to the worker
};

}  // namespace ponte::http
