// What a link says beside its id: the title of the record that it points to, its colour and photo
// where it has one, and whether it lies in the bin. A reader who may not read that record gets no
// title. Of a file it is the name, its size and what it is: it belongs to the record that has it.
#pragma once

#include <string>
#include <string_view>

#include "kernel/entity.hpp"

namespace ponte::records {

struct Kind;

struct Link {
    const Field* field = nullptr;  // null: createdBy
    int column = 0;                // of the kind's columns: the id
    std::string id_name;           // "contactId"
    std::string json_name;         // "contact": {"id", "title"}
    std::string sql;               // "t.contact_id"
    std::string_view target_name;
    const Kind* target = nullptr;  // null as long as nobody declared it, and of a file
    bool is_file = false;

    std::string_view called() const { return is_file ? "name" : "title"; }
};

// The member beside a field's: "contact" of contact_id, "assignedToUser" of assigned_to.
std::string linked_name(const Field& field);

// What follows `"title":` in an answer, as one value of SQL: null where the target has no such
// record, or none that `reach` (a condition on g, "" when all may be read) lets through.
std::string linked_sql(const Kind& target, const std::string& tenant, const std::string& id,
                       const std::string& reach);

// The same of a file, behind `"name":`.
std::string filed_sql(const std::string& tenant, const std::string& id);

// Appends {"id": …, "title": …}; `told` is what linked_sql has found, "" for nothing.
void append_linked(std::string& out, std::string_view called, std::string_view id,
                   std::string_view told);

}  // namespace ponte::records
