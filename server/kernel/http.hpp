// Requests and responses as handlers see them, and the server that turns bytes into them.
// The server knows HTTP, not routes: App gives it one handler.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/loop.hpp"
#include "kernel/task.hpp"

namespace ponte::http {

using Headers = std::vector<std::pair<std::string, std::string>>;

// A multipart file, already on disk. It is removed with its request; whoever wants it longer calls
// `keep`, or renames the file away.
struct UploadedFile {
    std::string field;
    std::string file_name;  // as sent: hostile, never used as a path
    std::string content_type;
    std::string path;
    std::uint64_t size = 0;

    UploadedFile() = default;
    UploadedFile(UploadedFile&& other) noexcept;
    UploadedFile& operator=(UploadedFile&& other) noexcept;
    ~UploadedFile();
    std::string keep();  // the path, which is now the caller's to remove

private:
    void remove();
};

struct Request {
    std::string method;  // upper case
    std::string path;    // decoded, normalised, without the query
    std::string query;   // raw
    Headers headers;     // names in lower case
    std::string body;    // empty for multipart
    std::vector<UploadedFile> files;
    std::vector<std::pair<std::string, std::string>> form;  // the other parts of a multipart
    std::vector<std::pair<std::string, std::string>>
        params;                  // {id} of the route, set by the router
    std::string remote_address;  // of the peer, or of X-Forwarded-For behind a trusted proxy
    std::string request_id;      // made by the server, or a sane X-Request-Id of the client

    std::string_view header(std::string_view lower_case_name) const;  // empty when absent
    std::string_view param(std::string_view name) const;
    // Decoded query parameters in order; `+` means a space.
    std::vector<std::pair<std::string, std::string>> query_pairs() const;
    std::optional<std::string> query_value(std::string_view name) const;

    bool is_secure = false;  // the client's side spoke TLS, as a trusted proxy says

    Request() = default;
    Request(Request&&) = default;
    Request& operator=(Request&&) = default;
    ~Request();  // removes uploaded files
};

struct Response {
    int status = 200;
    std::string content_type = "application/json";
    std::string body;
    Headers headers;
    std::string file_path;  // when set, this file is streamed instead of body
    std::shared_ptr<const std::string> shared_body;  // when set, sent instead of body (caches)

    Response& with(std::string name, std::string value) {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
};

// What a route allows before its body is read.
struct BodyRule {
    std::uint64_t max_bytes = 1u << 20;
    bool multipart_to_disk = false;
    // The handler refuses whatever the body says, so it is not waited for.
    bool is_unwanted = false;
};

// One WebSocket. Lives on one loop; every method is called there. Callbacks are set in `on_open`.
class WebSocket {
public:
    virtual ~WebSocket() = default;
    virtual Loop& loop() = 0;
    virtual void send_text(std::shared_ptr<const std::string> payload) = 0;
    virtual void send_binary(std::shared_ptr<const std::string> payload) = 0;
    virtual void close(std::uint16_t code) = 0;  // 0: without a status code
    virtual std::size_t queued_bytes() const = 0;
    std::function<void(std::string_view payload, bool is_binary)> on_message;
    std::function<void()> on_close;  // exactly once, also after close()
};

// Of what clients have begun to send and we keep in memory, by whom we know nothing yet. The first
// bytes of each connection are not counted: whoever fills all the rest shuts nobody out.
struct HeldLimits {
    std::size_t uncounted = 4 * 1024, of_address = 16u << 20, of_all = 128u << 20;
};

struct Limits {
    std::uint64_t header_bytes = 16 * 1024;
    int header_count = 100;
    std::uint64_t target_bytes = 8 * 1024;
    Milliseconds header_timeout{15'000}, body_timeout{60'000}, idle_timeout{75'000},
        write_timeout{60'000};
    std::size_t max_connections = 20'000;
    std::size_t pipeline_depth = 32;
    std::size_t websocket_message_bytes = 1'000'000;
    std::size_t websocket_queue_bytes = 4u << 20;
    HeldLimits held;
};

struct ServerConfig {
    std::string listen;  // "127.0.0.1:8080", "[::]:8080"; port 0 picks a free one
    std::string upload_dir;
    bool trust_proxy = false;  // take X-Forwarded-For / -Proto
    Limits limits;
};

struct Handlers {
    std::function<Task<Response>(Loop&, Request&)> handle;  // must not throw
    std::function<BodyRule(const Request&)> body_rule;      // its head; must not throw
    // Null when this path takes no WebSocket; the returned function gets the opened socket.
    std::function<std::function<void(std::shared_ptr<WebSocket>)>(const Request&,
                                                                  Response& refusal)>
        upgrade;
    // Problem+json for what goes wrong before a handler: 400, 408, 413, 431, 503.
    std::function<Response(const Request&, int status, std::string_view code)> refuse;
};

class Server {
public:
    Server(Loops& loops, ServerConfig config, Handlers handlers);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    void start();                 // binds; throws when it cannot
    std::string address() const;  // "http://127.0.0.1:8080"
    // Stops accepting, lets running requests end (at most `grace`), closes WebSockets with 1001.
    void drain(Milliseconds grace);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

// Escapes for a query or a path segment.
std::string url_decode(std::string_view text, bool plus_is_space);
std::string url_encode(std::string_view text);

}  // namespace ponte::http
