#include "kernel/imports/rejected.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <set>
#include <system_error>

#include "kernel/entities/catalogue.hpp"
#include "kernel/imports/inspection.hpp"
#include "kernel/lists/paging.hpp"
#include "kernel/records/array_text.hpp"
#include "kernel/records/input.hpp"
#include "kernel/services.hpp"
#include "kernel/spreadsheets/safe_cell.hpp"
#include "kernel/storage.hpp"

namespace ponte::imports {
namespace {

using records::ArrayText;
using records::Page;
using records::page_json;
using records::page_of;

// No field holds more (20,000 letters of up to four bytes): what is cut here could not be taken
// even when it is sent again.
constexpr std::size_t longest_kept_cell = 100'000;
constexpr int rows_per_query = 5'000;

// As it stood in the file, except for what the database cannot hold.
std::string storable(const CsvRecord& record) {
    ArrayText cells;
    for (std::size_t i = 0; i < record.size(); ++i) {
        std::string cell(record.cell(i));
        if (cell.size() > longest_kept_cell) {
            std::size_t end = longest_kept_cell;
            while (end > 0 && (static_cast<unsigned char>(cell[end]) & 0xC0) == 0x80) {
                --end;  // never half a letter
            }
            cell.resize(end);
        }
        std::erase(cell, '\0');
        if (!is_valid_utf8(cell)) {
            std::replace_if(
                cell.begin(), cell.end(),
                [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
        }
        cells.add(cell);
    }
    return std::move(cells).text();
}

// What stood in the file where a field was refused; people look for it there.
std::string value_of(const Plan& plan, const Row& row, const std::string& field) {
    for (const Plan::Column& column : plan.columns()) {
        if (column.target.name == field) {
            std::string joined;
            return shown_text(cell_of(row.record, column, joined));
        }
    }
    return {};
}

Json problems_json(const Plan& plan, const Row& row, const Problems& problems) {
    Json out = Json::array();
    for (const FieldProblem& problem : problems) {
        out.push(Json::object({{"field", problem.field},
                               {"code", problem.code},
                               {"params", problem.params},
                               {"value", value_of(plan, row, problem.field)}}));
    }
    return out;
}

struct StoredRow {
    std::int64_t row = 0, line = 0;
    Json errors;
    bool is_taken = false;
    std::vector<std::string> cells;
};
FIELDS(StoredRow, row, line, errors, is_taken, cells);

// Options as people know them, not as the program keeps them.
Json labels_of(Language language, const Import& import, const std::string& field,
               const Json& options) {
    Json labels = Json::array();
    for (const Json& option : options.items()) {
        const std::string key = import.entity + "." + snake_case(field) + "." + option.as_string();
        const auto label = Words::all().find(language, key);
        labels.push(label.empty() ? option.as_string() : std::string(label));
    }
    return labels;
}

std::string reason(Language language, const Import& import, const Json& error) {
    Json params = error["params"];
    if (error["code"].as_string() == "not_an_option") {
        params.set("allowed",
                   labels_of(language, import, error["field"].as_string(), params["allowed"]));
    }
    const std::string field = error["field"].as_string();
    std::string code = error["code"].as_string();
    // A file may do without what a form asks for, and says so.
    const std::string in_file = code + "_in_file";
    if (Words::all().has("error." + import.entity + "." + snake_case(field) + "." + in_file)) {
        code = in_file;
    }
    const FieldProblem problem{field, code, std::move(params), {}};
    return problem_text(language, import.entity, problem);
}

// "E-mail: Formato inválido"
std::string labelled_reason(Language language, const Import& import, const Json& error) {
    const std::string field = error["field"].as_string();
    const auto label = Words::all().find(language, import.entity + "." + snake_case(field));
    const std::string text = reason(language, import, error);
    return label.empty() ? text : std::string(label) + ": " + text;
}

// What the columns are called: as in the file; where it says nothing, as the field that they fill,
// so that the file of refused rows is understood when it is sent again. Each name once.
std::vector<std::string> column_names(Language language, const Import& import, const Upload& upload,
                                      const records::TenantFacts& facts) {
    std::vector<std::string> names = upload.headers;
    for (const MappedColumn& column : mapping_from(import.mapping)) {
        if (column.index < names.size() && names[column.index].empty()) {
            const std::string key = import.entity + "." + snake_case(column.target);
            names[column.index] = Words::all().find(language, key);
            for (const auto& custom : facts.of(import.entity)) {
                if (column.target == "customFields." + custom.key) {
                    names[column.index] = custom.name;
                }
            }
        }
    }
    std::set<std::string> seen;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].empty()) {
            names[i] = std::to_string(i + 1);
        } else if (seen.contains(names[i])) {
            names[i] += " (" + std::to_string(i + 1) + ")";
        }
        seen.insert(names[i]);
    }
    return names;
}

Json row_json(Language language, const Import& import, const std::vector<std::string>& names,
              const StoredRow& row) {
    Json errors = Json::array();
    for (const Json& error : row.errors.items()) {
        errors.push(Json::object({{"field", error["field"]},
                                  {"code", error["code"]},
                                  {"value", error["value"]},
                                  {"message", reason(language, import, error)}}));
    }
    Json values = Json::object(), cells = Json::array();
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        values.set(i < names.size() ? names[i] : std::to_string(i + 1), row.cells[i]);
        cells.push(row.cells[i]);
    }
    return Json::object({{"row", row.row},
                         {"line", row.line},
                         {"taken", row.is_taken},
                         {"errors", std::move(errors)},
                         {"values", std::move(values)},
                         {"cells", std::move(cells)}});
}

std::string line_of(Language language, const Import& import, std::size_t width,
                    const StoredRow& row) {
    std::string out;
    for (std::size_t i = 0; i < std::max(width, row.cells.size()); ++i) {
        out += spreadsheets::safe_cell(i < row.cells.size() ? row.cells[i] : "") + ";";
    }
    std::string reasons;
    for (const Json& error : row.errors.items()) {
        reasons += (reasons.empty() ? "" : " | ") + labelled_reason(language, import, error);
    }
    return out + spreadsheets::safe_cell(reasons) + "\r\n";
}

std::string header_line(Language language, const std::vector<std::string>& names) {
    std::string out = "\xEF\xBB\xBF";
    for (const std::string& name : names) {
        out += spreadsheets::safe_cell(name) + ";";
    }
    return out + spreadsheets::safe_cell(Words::all().text(language, "import.reasons")) + "\r\n";
}

}  // namespace

void queue_rejected(Ctx& ctx, const Import& import, const Plan& plan, std::span<const Row> rows,
                    const Outcome& outcome) {
    const auto room = std::max<std::int64_t>(
        0, most_rejected_rows - import.failed - import.skipped - import.noticed);
    ArrayText numbers, lines, errors, taken, cells;
    std::int64_t kept = 0;
    for (const auto* list : {&outcome.rejected, &outcome.noticed}) {
        for (const Rejected& one : *list) {
            if (kept++ >= room) {
                break;
            }
            const Row& row = rows[one.row];
            numbers.add(std::to_string(row.number));
            lines.add(std::to_string(row.line));
            errors.add(problems_json(plan, row, one.problems).dump());
            taken.add(list == &outcome.noticed ? "t" : "f");
            cells.add(storable(row.record));
        }
    }
    if (kept == 0) {
        return;
    }
    db::Params params{import.id};
    for (ArrayText* array : {&numbers, &lines, &errors, &taken, &cells}) {
        params.push_back(std::move(*array).param());
    }
    ctx.tx.queue(
        "insert into import_rejected_rows (import_id, row, line, errors, is_taken, cells) "
        "select $1::uuid, x.row, x.line, x.errors, x.is_taken, x.cells::text[] from "
        "unnest($2::bigint[], $3::bigint[], $4::jsonb[], $5::boolean[], $6::text[]) "
        "as x(row, line, errors, is_taken, cells)",
        std::move(params));
}

Task<http::Response> list_rejected(Ctx& ctx, Import import) {
    const Page page = page_of(ctx);
    const bool only_summaries = ctx.asked.text("only").has_value();
    const std::string condition =
        " where tenant_id = current_tenant() and import_id = $1 and (not $2::boolean or "
        "errors @> '[{\"code\": \"summary_line\"}]')";
    const Upload upload = co_await get_upload(ctx, import.upload_id);
    const auto facts = co_await ctx.services.entities().facts(ctx);
    const auto names = column_names(ctx.language, import, upload, *facts);
    const auto total = co_await ctx.tx.one<std::int64_t>(
        "select count(*) from import_rejected_rows" + condition, import.id, only_summaries);
    const auto rows = co_await ctx.tx.all<StoredRow>(
        "select row, line, errors, is_taken, cells from import_rejected_rows" + condition +
            " order by is_taken, row limit $3 offset $4",
        import.id, only_summaries, page.limit, page.offset());
    Json data = Json::array();
    for (const StoredRow& row : rows) {
        data.push(row_json(ctx.language, import, names, row));
    }
    co_return reply(200, page_json(std::move(data), page, total));
}

namespace {

// Problems of one kind in one field, with the values that have it most often.
struct Group {
    std::string field, code;
    bool is_taken = false;
    std::int64_t count = 0;
    Json params, values;
};
FIELDS(Group, field, code, is_taken, count, params, values);

}  // namespace

Task<http::Response> list_groups(Ctx& ctx, Import import) {
    const auto groups = co_await ctx.tx.all<Group>(
        "select field, code, is_taken, sum(n)::bigint as count, "
        "(array_agg(params order by n desc))[1] as params, "
        "to_jsonb((array_agg(jsonb_build_object('value', value, 'count', n) "
        "order by n desc, value))[1:50]) as values from ("
        "select e ->> 'field' as field, e ->> 'code' as code, r.is_taken, "
        "coalesce(e ->> 'value', '') as value, count(*) as n, (array_agg(e -> 'params'))[1] as "
        "params "
        "from import_rejected_rows r cross join jsonb_array_elements(r.errors) e "
        "where r.tenant_id = current_tenant() and r.import_id = $1 group by 1, 2, 3, 4) one "
        "group by field, code, is_taken order by is_taken, count desc, field, code limit 200",
        import.id);
    Json data = Json::array();
    for (const Group& group : groups) {
        const Json error =
            Json::object({{"field", group.field}, {"code", group.code}, {"params", group.params}});
        data.push(Json::object({{"field", group.field},
                                {"code", group.code},
                                {"taken", group.is_taken},
                                {"count", group.count},
                                {"message", reason(ctx.language, import, error)},
                                {"values", group.values}}));
    }
    co_return reply(200, Json::object({{"data", std::move(data)}}));
}

// Written to a file in pieces, since a hundred thousand rows would be a large answer to hold.
Task<http::Response> rejected_file(Ctx& ctx, Import import) {
    storage_of(ctx.services.settings.data_dir).require_room_for(ctx.who.tenant, 0);
    const Upload upload = co_await get_upload(ctx, import.upload_id);
    const auto facts = co_await ctx.services.entities().facts(ctx);
    auto names = column_names(ctx.language, import, upload, *facts);
    const auto widest = co_await ctx.tx.one<std::int64_t>(
        "select coalesce(max(cardinality(cells)), 0) from import_rejected_rows "
        "where tenant_id = current_tenant() and import_id = $1 and not is_taken",
        import.id);
    while (names.size() < static_cast<std::size_t>(widest)) {
        names.push_back(std::to_string(names.size() + 1));  // of cells past the header's last
    }
    const std::string path =
        upload_path(ctx, import.id) + "." + std::string(language_code(ctx.language)) + ".errors";
    const std::string draft = path + "." + Id::make().text();
    std::ofstream out(draft, std::ios::binary | std::ios::trunc);
    out << header_line(ctx.language, names);
    std::int64_t after = 0;
    while (true) {
        const auto rows = co_await ctx.tx.all<StoredRow>(
            "select row, line, errors, is_taken, cells from import_rejected_rows "
            "where tenant_id = current_tenant() and import_id = $1 and not is_taken and row > $2 "
            "order by row limit $3",
            import.id, after, rows_per_query);
        for (const StoredRow& row : rows) {
            out << line_of(ctx.language, import, names.size(), row);
            after = row.row;
        }
        if (rows.size() < rows_per_query) {
            break;
        }
    }
    out.close();
    if (!out) {
        const auto why = errno;
        std::filesystem::remove(draft);
        throw std::system_error(why, std::generic_category(), "a list of rows is not written");
    }
    std::filesystem::rename(draft, path);
    http::Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.file_path = path;
    response.with("Content-Disposition", "attachment; filename=\"import-errors.csv\"");
    co_return response;
}

}  // namespace ponte::imports
