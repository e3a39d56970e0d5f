#include "kernel/records/parts_input.hpp"

#include <set>

#include "kernel/entities/parts.hpp"

namespace ponte::records {
namespace {

// One list while it is read.
class Reading {
public:
    Reading(const Parts& parts, const PartsAsked& asked, Problems& problems)
        : piece_(*parts.kind),
          name_(parts.json_name),
          known_(asked.before ? (*asked.before)[parts.json_name] : none_),
          asked_(asked),
          problems_(problems) {}

    Json read(const Json& given, std::size_t index) {
        prefix_ = name_ + "." + std::to_string(index) + ".";
        if (!given.is_object()) {
            add(name_ + "." + std::to_string(index), "type");
            return {};
        }
        const Json id = id_in(given);
        const Json* old = part_with(known_, id.as_string());
        for (const auto& [name, value] : given.members()) {
            if (name != "id" && !piece_.field_by_json(name) && !piece_.link_by_json(name)) {
                add(prefix_ + name, "unknown");
            }
        }
        const std::size_t problems = problems_.size();
        Values values;
        for (const Column& column : piece_.columns) {
            if (column.field) {
                values.set(column.field->name, value_of(*column.field, given, old));
            }
        }
        if (piece_.entity->check && problems_.size() == problems) {
            ask_rule(values);
        }
        return part_of_values(piece_, id, values);
    }

private:
    void add(std::string name, const char* code) {
        problems_.push_back({std::move(name), code, Json::object(), {}});
    }

    // A new part may not choose its id, and a known one stands once.
    Json id_in(const Json& given) {
        const Json& said = given["id"];
        if (said.is_null()) {
            return {};
        }
        const auto id = Id::parse(said.as_string());
        const bool is_known = id && (!asked_.from_people || part_with(known_, id->text()));
        if (!is_known || !seen_.insert(*id).second) {
            add(prefix_ + "id", is_known ? "taken" : "not_found");
            return {};
        }
        return Json(*id);
    }

    Json value_of(const Field& field, const Json& given, const Json* old) {
        const std::string json_name = camel_case(field.name), name = prefix_ + json_name;
        const Json* input =
            field.is_read_only && asked_.from_people ? nullptr : given.find(json_name);
        if (!input && old && (asked_.mode == Mode::merge || field.is_read_only)) {
            return canonical(field.type, (*old)[json_name], asked_.locale).value;
        }
        const std::size_t problems = problems_.size();
        Json value = input ? checked_as(field, name, *input, asked_.locale, problems_) : Json{};
        if (value.is_null() && problems_.size() == problems) {
            value = initial_value(field, asked_.locale);
            const bool is_asked = field.is_required || (field.is_expected && asked_.from_people);
            if (value.is_null() && is_asked && !field.is_read_only) {
                add(name, "required");
            }
        }
        return value;
    }

    void ask_rule(const Values& values) {
        Problems found;
        piece_.entity->check(values, found);
        for (FieldProblem& problem : found) {
            problem.field = prefix_ + problem.field;
            problems_.push_back(std::move(problem));
        }
    }

    static inline const Json none_ = Json::array();
    const Kind& piece_;
    const std::string name_;
    const Json& known_;
    const PartsAsked& asked_;
    Problems& problems_;
    std::set<Id> seen_;
    std::string prefix_;
};

}  // namespace

void complete_parts(const Kind& kind, Values& values, const PartsAsked& asked, Problems& problems) {
    for (const Parts& parts : kind.parts) {
        const Json* given = values.find(parts.field->name);
        // What is no list, or too long a one, is said by the field itself.
        if (!given || !given->is_array() ||
            static_cast<std::int64_t>(given->items().size()) > parts.field->max) {
            continue;
        }
        Reading reading(parts, asked, problems);
        Json whole = Json::array();
        for (std::size_t i = 0; i < given->items().size(); ++i) {
            whole.push(reading.read(given->items()[i], i));
        }
        values.set(parts.field->name, std::move(whole));
    }
}

}  // namespace ponte::records
