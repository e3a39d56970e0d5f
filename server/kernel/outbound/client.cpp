#include "kernel/outbound/client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ponte::outbound {
namespace asio = boost::asio;
namespace {

constexpr long most_connections = 512, most_to_one_host = 32, most_kept = 64;

}  // namespace

class Client::Engine {
public:
    explicit Engine(asio::io_context& io);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    void add(Transfer& transfer) { curl_multi_add_handle(multi_, transfer.handle()); }
    void remove(Transfer& transfer) { curl_multi_remove_handle(multi_, transfer.handle()); }

private:
    struct Socket {
        Socket(asio::io_context& io, curl_socket_t number_)
            : number(number_), watched(io, number_) {}
        const curl_socket_t number;
        asio::posix::stream_descriptor watched;
        int wants = 0;
        bool is_reading = false, is_writing = false, is_gone = false;
    };

    static int on_socket(CURL*, curl_socket_t number, int what, void* self, void*);
    static int on_timer(CURLM*, long wait_ms, void* self);
    void watch(curl_socket_t number, int what);
    void wait_for(const std::shared_ptr<Socket>& socket);
    void act(curl_socket_t number, int events);
    void tell_who_waits();

    asio::io_context& io_;
    CURLM* multi_;
    asio::steady_timer timer_;
    std::unordered_map<curl_socket_t, std::shared_ptr<Socket>> sockets_;
};

Client::Engine::Engine(asio::io_context& io) : io_(io), multi_(curl_multi_init()), timer_(io) {
    curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &Engine::on_socket);
    curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &Engine::on_timer);
    curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_MAX_TOTAL_CONNECTIONS, most_connections);
    curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS, most_to_one_host);
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, most_kept);
}

Client::Engine::~Engine() {
    timer_.cancel();
    curl_multi_cleanup(multi_);
    for (auto& [number, socket] : sockets_) {
        socket->is_gone = true;
        socket->watched.release();
    }
}

int Client::Engine::on_socket(CURL*, curl_socket_t number, int what, void* self, void*) {
    static_cast<Engine*>(self)->watch(number, what);
    return 0;
}

int Client::Engine::on_timer(CURLM*, long wait_ms, void* self) {
    auto& engine = *static_cast<Engine*>(self);
    engine.timer_.cancel();
    if (wait_ms >= 0) {
        engine.timer_.expires_after(Milliseconds{wait_ms});
        engine.timer_.async_wait([&engine](boost::system::error_code problem) {
            if (!problem) {
                engine.act(CURL_SOCKET_TIMEOUT, 0);
            }
        });
    }
    return 0;
}

// The socket is libcurl's: we only wait for it, and let go of it before it is closed.
void Client::Engine::watch(curl_socket_t number, int what) {
    const auto known = sockets_.find(number);
    if (what == CURL_POLL_REMOVE) {
        if (known != sockets_.end()) {
            known->second->is_gone = true;
            known->second->watched.release();
            sockets_.erase(known);
        }
        return;
    }
    std::shared_ptr<Socket>& socket = sockets_[number];
    if (!socket) {
        socket = std::make_shared<Socket>(io_, number);
    }
    socket->wants = what;
    wait_for(socket);
}

void Client::Engine::wait_for(const std::shared_ptr<Socket>& socket) {
    const auto wait = [&](int bit, bool Socket::* is_waiting,
                          asio::posix::stream_descriptor::wait_type type, int event) {
        if ((socket->wants & bit) == 0 || (*socket).*is_waiting) {
            return;
        }
        (*socket).*is_waiting = true;
        socket->watched.async_wait(
            type, [this, socket, is_waiting, event](boost::system::error_code problem) {
                (*socket).*is_waiting = false;
                if (socket->is_gone) {
                    return;
                }
                act(socket->number, problem ? CURL_CSELECT_ERR : event);
                if (!socket->is_gone) {
                    wait_for(socket);
                }
            });
    };
    using asio::posix::stream_descriptor;
    wait(CURL_POLL_IN, &Socket::is_reading, stream_descriptor::wait_read, CURL_CSELECT_IN);
    wait(CURL_POLL_OUT, &Socket::is_writing, stream_descriptor::wait_write, CURL_CSELECT_OUT);
}

void Client::Engine::act(curl_socket_t number, int events) {
    int still_running = 0;
    curl_multi_socket_action(multi_, number, events, &still_running);
    tell_who_waits();
}

// Whoever is told may begin or drop calls at once, so libcurl is done with its list by then; and
// whoever waits for several of them is told once.
void Client::Engine::tell_who_waits() {
    std::vector<std::coroutine_handle<>> waiting;
    int left = 0;
    while (CURLMsg* message = curl_multi_info_read(multi_, &left)) {
        if (message->msg != CURLMSG_DONE) {
            continue;
        }
        Transfer* transfer = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
        transfer->ended(message->data.result);
        if (const auto waiter = std::exchange(*transfer->waiter, {})) {
            waiting.push_back(waiter);
        }
    }
    for (const std::coroutine_handle<> one : waiting) {
        one.resume();
    }
}

// Calls that somebody waits for. Taken out of libcurl whatever ends them: their answers, or the end
// of the loop.
class Client::Running {
public:
    Running(Engine& engine, const Ways& ways) : engine_(engine), ways_(ways) {}
    ~Running() {
        for (auto& [index, transfer] : begun_) {
            engine_.remove(*transfer);
        }
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    std::size_t size() const { return begun_.size(); }
    void begin(std::size_t index, Call call) {
        auto transfer = std::make_unique<Transfer>(ways_, std::move(call));
        transfer->waiter = &waiter_;
        engine_.add(*transfer);
        begun_.emplace(index, std::move(transfer));
    }
    // Moves what has ended to its place; how many that were.
    std::size_t take_ended(std::vector<Answer>& answers) {
        return std::erase_if(begun_, [&](auto& one) {
            auto& [index, transfer] = one;
            const bool has_ended = transfer->has_ended();
            if (has_ended) {
                engine_.remove(*transfer);
                answers[index] = transfer->take_answer();
            }
            return has_ended;
        });
    }

    // Until one of them has ended; none has when this is awaited.
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiter) noexcept { waiter_ = waiter; }
    void await_resume() const noexcept {}

private:
    Engine& engine_;
    const Ways& ways_;
    std::map<std::size_t, std::unique_ptr<Transfer>> begun_;
    std::coroutine_handle<> waiter_;
};

Client::Client(Loop& loop, const Ways& ways)
    : ways_(ways),
      engine_(std::make_unique<Engine>(*static_cast<asio::io_context*>(loop.asio_context()))) {}

Client::~Client() = default;

Task<std::vector<Answer>> Client::run(std::vector<Call> calls, std::size_t at_once) {
    std::vector<Answer> answers(calls.size());
    Running running(*engine_, ways_);
    std::size_t begun = 0, ended = 0;
    while (ended < calls.size()) {
        for (; begun < calls.size() && running.size() < at_once; ++begun) {
            running.begin(begun, std::move(calls[begun]));
        }
        co_await running;
        ended += running.take_ended(answers);
    }
    co_return answers;
}

}  // namespace ponte::outbound
