// Errors as readers see them: the text of a field's problem, and the body of problem+json.
#include "kernel/error.hpp"
#include "kernel/values.hpp"
#include "kernel/words.hpp"

namespace ponte {
namespace {

// "thing.not_found" has its own words, those of any "not_found", or those of the status.
std::string title_key(const Error& error) {
    const Words& words = Words::all();
    const auto dot = error.code.rfind('.');
    const std::string last = dot == std::string::npos ? error.code : error.code.substr(dot + 1);
    for (const std::string& key : {"title." + error.code, "error." + error.code, "title." + last,
                                   "title.status_" + std::to_string(error.status)}) {
        if (words.has(key)) {
            return key;
        }
    }
    return "title.internal";
}

void append_problems(std::string& out, const Error& error, Language language,
                     std::string_view entity) {
    out += ",\"errors\":[";
    bool is_first = true;
    for (const FieldProblem& problem : error.fields) {
        out += is_first ? "{\"field\":" : ",{\"field\":";
        is_first = false;
        append_json_string(out, problem.field);
        out += ",\"code\":";
        append_json_string(out, problem.code);
        out += ",\"message\":";
        append_json_string(out, problem_text(language, entity, problem));
        out += ",\"params\":";
        problem.params.dump_to(out);
        out.push_back('}');
    }
    out += "],\"errorCount\":" + std::to_string(error.fields.size());
}

}  // namespace

std::string problem_text(Language language, std::string_view entity, const FieldProblem& problem) {
    if (!problem.message.empty()) {
        return problem.message;
    }
    const Words& words = Words::all();
    const std::string own =
        "error." + std::string(entity) + "." + snake_case(problem.field) + "." + problem.code;
    const std::string general = "error." + problem.code;
    if (!entity.empty() && words.has(own)) {
        return words.format(language, own, problem.params);
    }
    return words.format(language, words.has(general) ? general : "error.invalid", problem.params);
}

std::string problem_json(const Error& error, Language language, std::string_view request_id,
                         std::string_view entity) {
    std::string out = "{\"type\":";
    append_json_string(out, "/problems/" + error.code);
    out += ",\"status\":" + std::to_string(error.status) + ",\"code\":";
    append_json_string(out, error.code);
    out += ",\"title\":";
    append_json_string(out, Words::all().format(language, title_key(error), error.params));
    if (!error.fields.empty()) {
        append_problems(out, error, language, entity);
    }
    if (!error.params.members().empty()) {
        out += ",\"params\":";
        error.params.dump_to(out);
    }
    if (error.retry_after_s > 0) {
        out += ",\"retryAfter\":" + std::to_string(error.retry_after_s);
    }
    out += ",\"requestId\":";
    append_json_string(out, request_id);
    out.push_back('}');
    return out;
}

}  // namespace ponte
