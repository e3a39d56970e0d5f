// What is done with a record beside changing its fields, and the states of a record in which that,
// or a change, is possible: facts of its declaration (entity.hpp).
#pragma once

#include <span>
#include <string_view>

#include "kernel/field.hpp"
#include "kernel/json.hpp"
#include "kernel/task.hpp"

namespace ponte {

class Ctx;
struct Values;
namespace records {
struct Locked;
}

// What a record's choice `field` is one of: "status", "draft | sent". Without a field: any.
struct State {
    std::string_view field = {}, options = {};
};
constexpr State when(std::string_view field, std::string_view options) { return {field, options}; }

// What is done with a record beside changing its fields: POST /api/v1/<plural>/{id}/<name>. The
// kernel reads and checks the input, takes the record as far as the reader's right reaches,
// compares If-Match, runs this, commits and answers with the record as it is then.
struct Action {
    using Run = Task<> (*)(Ctx&, const records::Locked&, const Values& input);
    using Answer = Task<Json> (*)(Ctx&, const records::Locked&, const Values& input);
    std::string_view name;
    Run run = nullptr;
    Answer answer = nullptr;  // instead of `run`: what is answered, when it is not the record
    std::string_view component = {};  // in the documentation, of what `answer` says
    std::span<const Field> input = {};
    std::string_view right = {};  // "update"; default: a right of its own, called as the action
    State state = {};             // else 409
    bool is_quiet = false;        // never what comes next: screens offer it beside

    constexpr Action takes(std::span<const Field> fields) const {
        auto a = *this;
        a.input = fields;
        return a;
    }
    constexpr Action gives(std::string_view name_) const {
        auto a = *this;
        a.component = name_;
        return a;
    }
    constexpr Action needs(std::string_view right_) const {
        auto a = *this;
        a.right = right_;
        return a;
    }
    // Only of records whose choice `field` is one of these; screens offer it then.
    constexpr Action when(std::string_view field, std::string_view options) const {
        auto a = *this;
        a.state = {field, options};
        return a;
    }
    // A way back rather than the next step.
    constexpr Action quiet() const {
        auto a = *this;
        a.is_quiet = true;
        return a;
    }
};
constexpr Action action(std::string_view name, Action::Run run) {
    return {.name = name, .run = run};
}
constexpr Action action(std::string_view name, Action::Answer answer) {
    return {.name = name, .answer = answer};
}
constexpr std::string_view right_of(const Action& action) {
    return action.right.empty() ? action.name : action.right;
}

}  // namespace ponte
