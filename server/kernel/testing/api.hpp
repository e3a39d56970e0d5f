// A client as the outside has one: HTTP/1.1 over a plain socket, kept open, blocking. Knows nothing
// of the server's code, so that what tests see is what any client sees.
#pragma once

#include <chrono>
#include <initializer_list>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/http.hpp"
#include "kernel/json.hpp"
#include "kernel/testing/wait.hpp"

namespace ponte {

// GoogleTest shows values through this.
inline void PrintTo(const Json& json, std::ostream* out) { *out << json.dump(); }
inline void PrintTo(const Id& id, std::ostream* out) { *out << id.text(); }

namespace testing {

struct Reply {
    int status = 0;
    http::Headers headers;  // names in lower case
    std::string text;
    Json body;  // null when the answer is no JSON

    const Json& operator[](std::string_view key) const { return body[key]; }
    const Json& data() const { return body["data"]; }  // of a page
    std::string header(std::string_view lower_case_name) const;
    std::string id() const { return body["id"].as_string(); }
    std::string code() const { return body["code"].as_string(); }
    // The code of what is wrong with a field; empty when nothing is.
    std::string problem(std::string_view field) const;
    // Status and body, for messages of tests that fail.
    std::string shown() const;
};
inline void PrintTo(const Reply& reply, std::ostream* out) { *out << reply.shown(); }

// What is sent: nothing, a JSON value, or bytes that may be anything.
struct Body {
    std::string bytes, content_type;

    Body() = default;
    Body(std::initializer_list<Json::Member> members) : Body(Json::object(members)) {}
    Body(const Json& json) : bytes(json.dump()), content_type("application/json") {}
    Body(std::string bytes_, std::string content_type_)
        : bytes(std::move(bytes_)), content_type(std::move(content_type_)) {}
};

class Connection;

using FormFields = std::vector<std::pair<std::string, std::string>>;

class Api {
public:
    // Without a url: the server of this program.
    explicit Api(std::string token = {}, std::string url = {});
    ~Api();
    Api(const Api& other);  // the same rights over a connection of its own
    Api& operator=(const Api&) = delete;

    Reply get(const std::string& target) { return send("GET", target); }
    Reply post(const std::string& target, const Body& body = {}) {
        return send("POST", target, body);
    }
    Reply put(const std::string& target, const Body& body) { return send("PUT", target, body); }
    Reply patch(const std::string& target, const Body& body) { return send("PATCH", target, body); }
    Reply del(const std::string& target, const Body& body = {}) {
        return send("DELETE", target, body);
    }
    // multipart/form-data: the fields, then one part `file`.
    Reply upload(const std::string& target, const FormFields& fields, const std::string& file_name,
                 std::string_view bytes);

    // Headers that go with every request from now on; an empty value takes one away.
    Api& with(std::string name, std::string value);
    Api& in_english() { return with("Accept-Language", "en"); }

    Reply send(const std::string& method, const std::string& target, const Body& body = {},
               const http::Headers& headers = {});
    // Bytes as they are, for what a well-behaved client never sends.
    Reply send_raw(std::string_view bytes, std::string_view method = "GET");

    const std::string& token() const { return token_; }
    const std::string& url() const { return url_; }
    void set_token(std::string token) { token_ = std::move(token); }
    void close();
    std::chrono::milliseconds deadline = patience;

private:
    Reply exchange(std::string_view bytes, std::string_view method);

    std::string token_, url_;
    http::Headers headers_;
    std::unique_ptr<Connection> connection_;
};

// The JSON of every record of a list, page after page.
std::vector<Json> all_of(Api& api, const std::string& target);

}  // namespace testing
}  // namespace ponte
