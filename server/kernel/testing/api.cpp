#include "kernel/testing/api.hpp"

#include <stdexcept>

#include "kernel/testing/connection.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {
namespace {

constexpr std::string_view boundary = "----PonteTestBoundary7f3k2";

std::string part(std::string_view disposition, std::string_view type, std::string_view bytes) {
    std::string out = "--" + std::string(boundary) + "\r\nContent-Disposition: form-data; ";
    out.append(disposition);
    if (!type.empty()) {
        out.append("\r\nContent-Type: ").append(type);
    }
    return out.append("\r\n\r\n").append(bytes).append("\r\n");
}

std::string multipart(const FormFields& fields, const std::string& file_name,
                      std::string_view bytes) {
    std::string out;
    for (const auto& [name, value] : fields) {
        out += part("name=\"" + name + "\"", {}, value);
    }
    out += part("name=\"file\"; filename=\"" + file_name + "\"", "text/csv", bytes);
    return out + "--" + std::string(boundary) + "--\r\n";
}

}  // namespace

std::string Reply::header(std::string_view lower_case_name) const {
    for (const auto& [name, value] : headers) {
        if (name == lower_case_name) {
            return value;
        }
    }
    return {};
}

std::string Reply::problem(std::string_view field) const {
    for (const Json& one : body["errors"].items()) {
        if (one["field"].as_string() == field) {
            return one["code"].as_string();
        }
    }
    return {};
}

std::string Reply::shown() const { return std::to_string(status) + " " + text; }

Api::Api(std::string token, std::string url)
    : token_(std::move(token)), url_(url.empty() ? server().url() : std::move(url)) {}

Api::Api(const Api& other)
    : deadline(other.deadline), token_(other.token_), url_(other.url_), headers_(other.headers_) {}

Api::~Api() = default;

void Api::close() { connection_.reset(); }

Api& Api::with(std::string name, std::string value) {
    std::erase_if(headers_, [&](const auto& header) { return header.first == name; });
    if (!value.empty()) {
        headers_.emplace_back(std::move(name), std::move(value));
    }
    return *this;
}

Reply Api::send(const std::string& method, const std::string& target, const Body& body,
                const http::Headers& headers) {
    std::string bytes = method + " " + target + " HTTP/1.1\r\nHost: test\r\n";
    const auto add = [&bytes](std::string_view name, std::string_view value) {
        bytes.append(name).append(": ").append(value).append("\r\n");
    };
    if (!token_.empty()) {
        add("Authorization", "Bearer " + token_);
    }
    for (const auto& [name, value] : headers_) {
        add(name, value);
    }
    for (const auto& [name, value] : headers) {
        add(name, value);
    }
    if (!body.content_type.empty()) {
        add("Content-Type", body.content_type);
    }
    if (!body.bytes.empty() || method == "POST" || method == "PUT" || method == "PATCH") {
        add("Content-Length", std::to_string(body.bytes.size()));
    }
    return send_raw(bytes + "\r\n" + body.bytes, method);
}

Reply Api::upload(const std::string& target, const FormFields& fields, const std::string& file_name,
                  std::string_view bytes) {
    const Body body{multipart(fields, file_name, bytes),
                    "multipart/form-data; boundary=" + std::string(boundary)};
    return send("POST", target, body);
}

Reply Api::send_raw(std::string_view bytes, std::string_view method) {
    const bool was_kept = connection_ && connection_->is_open();
    try {
        return exchange(bytes, method);
    } catch (const std::exception&) {
        const bool was_closed_meanwhile = was_kept && connection_ && connection_->heard_nothing();
        close();
        if (!was_closed_meanwhile) {
            throw;
        }
    }
    return exchange(bytes, method);
}

Reply Api::exchange(std::string_view bytes, std::string_view method) {
    if (!connection_ || !connection_->is_open()) {
        connection_ = std::make_unique<Connection>(url_, deadline);
    }
    connection_->write(bytes);
    return connection_->read(method);
}

std::vector<Json> all_of(Api& api, const std::string& target) {
    constexpr int most_pages = 1000;
    const std::string separator = target.find('?') == std::string::npos ? "?" : "&";
    std::vector<Json> out;
    for (int page = 1; page <= most_pages; ++page) {
        const Reply reply = api.get(target + separator + "limit=100&page=" + std::to_string(page));
        if (reply.status != 200) {
            throw std::runtime_error("no list at " + target + ": " + reply.shown());
        }
        const Json::Array& records = reply.data().items();
        out.insert(out.end(), records.begin(), records.end());
        if (records.size() < 100) {
            break;
        }
    }
    return out;
}

}  // namespace ponte::testing
