// Who may do what with which record, as a condition in SQL.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "kernel/entities/catalogue.hpp"

namespace ponte::records {

// SQL under construction with its parameters; $1 is always the tenant.
struct Sql {
    db::Params params;
    std::string add(db::Param value) {
        params.push_back(std::move(value));
        return "$" + std::to_string(params.size());
    }
};

// The one law of who may do what with which record: "" (all), or a condition on `alias`. A part is
// out of reach where its whole is, and while that lies in the bin, unless bins are included.
enum class Bin { hidden, included };
std::string reach_sql(const Ctx& ctx, const Kind& kind, std::string_view action, Sql& sql,
                      const std::string& alias = "t", Bin bin = Bin::hidden);
// Its two halves: the record itself; and the whole of a part.
std::string own_reach_sql(const Ctx& ctx, const Kind& kind, std::string_view action, Sql& sql,
                          const std::string& alias);
std::string whole_sql(const Ctx& ctx, const Kind& kind, Bin bin, Sql& sql,
                      const std::string& alias = "t");
const Kind& whole_of(const Ctx& ctx, const Kind& part);
// Whether the reader may read every record of it.
bool reads_all(const Ctx& ctx, const Kind& kind);
// Whether everybody with the same permissions is shown the same, the titles of links included.
bool is_same_for_all(const Ctx& ctx, const Kind& kind);

}  // namespace ponte::records
