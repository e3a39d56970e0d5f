// Json::parse: Boost.JSON's incremental parser, fed once, calls us back while it reads. This is the
// one file that compiles Boost.JSON.
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>

#include <algorithm>
#include <numeric>

#include "kernel/error.hpp"
#include "kernel/json.hpp"

namespace ponte {
namespace {

namespace json = boost::json;
using boost::system::error_code;

constexpr std::size_t most_depth = 64;
constexpr std::size_t most_bytes = 256u << 20;

// The last of several members of one name counts. Sorting, because a hostile object has 100,000.
void drop_repeated(Json::Object& object) {
    if (object.size() < 2) {
        return;
    }
    std::vector<std::size_t> order(object.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const int names = object[a].first.compare(object[b].first);
        return names == 0 ? a < b : names < 0;
    });
    std::vector<std::size_t> repeated;
    for (std::size_t i = 1; i < order.size(); ++i) {
        if (object[order[i]].first == object[order[i - 1]].first) {
            repeated.push_back(order[i - 1]);
        }
    }
    if (repeated.empty()) {
        return;
    }
    std::sort(repeated.begin(), repeated.end());
    auto next = repeated.begin();
    Json::Object kept;
    for (std::size_t i = 0; i < object.size(); ++i) {
        if (next != repeated.end() && *next == i) {
            ++next;
        } else {
            kept.push_back(std::move(object[i]));
        }
    }
    object = std::move(kept);
}

// What Boost's parser calls. Values wait in one stack until their array or object ends.
struct Builder {
    static constexpr std::size_t max_object_size = SIZE_MAX, max_array_size = SIZE_MAX,
                                 max_key_size = SIZE_MAX, max_string_size = SIZE_MAX;

    std::vector<Json> values;
    std::vector<std::string> keys;
    std::string text;  // of a string that comes in parts
    std::size_t most_values = SIZE_MAX, found = 0;

    bool has_too_many() const { return found > most_values; }
    bool add(Json value, error_code& problem) {
        values.push_back(std::move(value));
        ++found;
        if (has_too_many()) {
            problem = json::error::array_too_large;
        }
        return !has_too_many();
    }
    std::string whole(json::string_view last_part) {
        std::string all = std::move(text);
        text.clear();
        all.append(last_part.data(), last_part.size());
        return all;
    }
    bool add_part(json::string_view part) {
        text.append(part.data(), part.size());
        return true;
    }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_array_begin(error_code&) { return true; }
    bool on_array_end(std::size_t count, error_code& problem) {
        const auto first = values.end() - static_cast<std::ptrdiff_t>(count);
        Json::Array array(std::make_move_iterator(first), std::make_move_iterator(values.end()));
        values.erase(first, values.end());
        return add(std::move(array), problem);
    }
    bool on_object_begin(error_code&) { return true; }
    bool on_object_end(std::size_t count, error_code& problem) {
        Json::Object object;
        object.reserve(count);
        const std::size_t first_value = values.size() - count, first_key = keys.size() - count;
        for (std::size_t i = 0; i < count; ++i) {
            object.emplace_back(std::move(keys[first_key + i]), std::move(values[first_value + i]));
        }
        values.resize(first_value);
        keys.resize(first_key);
        drop_repeated(object);
        return add(std::move(object), problem);
    }
    bool on_string_part(json::string_view part, std::size_t, error_code&) { return add_part(part); }
    bool on_string(json::string_view part, std::size_t, error_code& problem) {
        return add(whole(part), problem);
    }
    bool on_key_part(json::string_view part, std::size_t, error_code&) { return add_part(part); }
    bool on_key(json::string_view part, std::size_t, error_code&) {
        keys.push_back(whole(part));
        return true;
    }
    bool on_number_part(json::string_view, error_code&) { return true; }
    bool on_int64(std::int64_t value, json::string_view, error_code& problem) {
        return add(value, problem);
    }
    bool on_uint64(std::uint64_t value, json::string_view, error_code& problem) {
        return add(static_cast<double>(value), problem);  // beyond 63 bits only
    }
    bool on_double(double value, json::string_view, error_code& problem) {
        return add(value, problem);
    }
    bool on_bool(bool value, error_code& problem) { return add(value, problem); }
    bool on_null(error_code& problem) { return add(nullptr, problem); }
    bool on_comment_part(json::string_view, error_code&) { return true; }
    bool on_comment(json::string_view, error_code&) { return true; }
};

Error not_json(std::size_t offset) {
    Error error = bad_request("json");
    error.params.set("offset", static_cast<std::int64_t>(offset));
    return error;
}

}  // namespace

Json Json::parse(std::string_view text, std::size_t most_values) {
    if (text.size() > most_bytes) {
        throw not_json(most_bytes);
    }
    json::parse_options options;
    options.max_depth = most_depth;
    json::basic_parser<Builder> parser(options);
    parser.handler().most_values = most_values;
    error_code problem;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), problem);
    if (parser.handler().has_too_many()) {
        throw Error(413, "json_too_many_values");
    }
    if (problem || read != text.size() || !parser.done()) {
        throw not_json(read);
    }
    return std::move(parser.handler().values.front());
}

}  // namespace ponte
