// A client that says exactly the bytes it is told, so that tests can be as rude as the world. Every
// wait has a deadline.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ponte::http {

struct Answer {
    int status = 0;                                            // 0: the connection ended instead
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    std::string body;

    std::string header(std::string_view lower_case_name) const;  // empty when absent
    int count(std::string_view lower_case_name) const;
};

class Wire {
public:
    explicit Wire(std::string_view address, int receive_buffer = 0);  // of Server::address
    ~Wire();
    Wire(Wire&& other) noexcept;
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    bool send(std::string_view bytes);  // false when the peer has gone
    Answer read_answer(bool is_to_head = false);
    std::string read_bytes(std::size_t count);  // fewer when the connection ends
    // Whether the peer ends the connection; what comes before its end is thrown away.
    bool ends_within(std::chrono::milliseconds patience);
    bool is_silent_for(std::chrono::milliseconds time);  // nothing comes, not even an end
    void finish_sending();
    void reset();  // the peer sees a reset instead of an end

private:
    bool fill(std::chrono::milliseconds patience);

    int socket_ = -1;
    bool is_ended_ = false;
    std::string buffer_;
};

// "GET /x HTTP/1.1", a Host and the further lines, each without its line break.
std::string request_text(std::string_view first_line, const std::vector<std::string>& lines = {},
                         std::string_view body = {});

}  // namespace ponte::http
