#include "kernel/records/computed.hpp"

#include <algorithm>

#include "kernel/records/record.hpp"

namespace ponte::records {
namespace {

bool is_computed(const Field& field) { return field.compute || !field.sum_of.empty(); }

void compute_part(const Kind& piece, Json& part) {
    if (part["id"].is_null()) {
        part.set("id", Id::make());
    }
    Values values = values_of_part(piece, part);
    for (const Field& field : piece.entity->fields) {
        if (field.compute) {
            values.set(field.name, field.compute(values));
            part.set(camel_case(field.name), shown(field.type, *values.find(field.name)));
        }
    }
}

// What the record will hold: of what is not changed, what it has.
Values values_after(const Kind& kind, const Change& change) {
    Values values;
    for (const Column& column : kind.columns) {
        if (!column.field) {
            continue;
        }
        const Json* given = change.values.find(column.field->name);
        values.set(column.field->name,
                   given ? *given
                         : canonical(column.type, change.before[column.json_name], Locale{}).value);
    }
    return values;
}

Json sum_of(const Kind& kind, const Field& field, const Values& values) {
    const auto dot = field.sum_of.find('.');
    const Parts* parts = kind.parts_by_name(field.sum_of.substr(0, dot));
    const std::string added = camel_case(field.sum_of.substr(dot + 1));
    const Json* items = values.find(parts->field->name);
    double sum = 0;
    std::int64_t exact = 0;
    for (const Json& part : items ? items->items() : Json::Array{}) {
        const Json one = canonical(field.type, part[added], Locale{}).value;
        sum += one.as_number();
        exact += one.as_integer();
    }
    return field_type(field.type).sent == Sent::number ? Json(sum) : Json(exact);
}

}  // namespace

void compute(Changes& changes) {
    const Kind& kind = *changes.kind;
    const bool computes = std::ranges::any_of(kind.entity->fields, is_computed);
    if (kind.parts.empty() && !computes) {
        return;
    }
    for (Change& change : changes.records) {
        for (const Parts& parts : kind.parts) {
            const Json* given = change.values.find(parts.field->name);
            if (!given) {
                continue;
            }
            Json whole = *given;
            for (Json& part : whole.items()) {
                compute_part(*parts.kind, part);
            }
            change.values.set(parts.field->name, std::move(whole));
        }
        if (!computes) {
            continue;
        }
        Values values = values_after(kind, change);
        for (const Field& field : kind.entity->fields) {
            if (is_computed(field)) {
                Json value = field.compute ? field.compute(values) : sum_of(kind, field, values);
                values.set(field.name, value);
                change.values.set(field.name, std::move(value));
            }
        }
    }
}

Task<> number_new(Ctx& ctx, Changes& changes) {
    const Entity& entity = *changes.kind->entity;
    const auto field = std::ranges::find_if(entity.fields, &Field::is_numbered);
    if (field == entity.fields.end()) {
        co_return;
    }
    std::vector<Change*> unnumbered;
    for (Change& change : changes.records) {
        const Json* number = change.values.find(field->name);
        if (!number || number->is_null()) {
            unnumbered.push_back(&change);
        }
    }
    if (unnumbered.empty()) {
        co_return;
    }
    const auto count = static_cast<std::int64_t>(unnumbered.size());
    const auto last = co_await ctx.tx.one<std::int64_t>(
        "insert into record_numbers (entity, last) values ($1, $2) "
        "on conflict (tenant_id, entity) do update set last = record_numbers.last + excluded.last "
        "returning last",
        entity.name, count);
    std::int64_t next = last - count;
    for (Change* change : unnumbered) {
        change->values.set(field->name, ++next);
    }
}

}  // namespace ponte::records
