#include "kernel/imports/rejected.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "kernel/resources/array_text.hpp"
#include "kernel/resources/input.hpp"
#include "kernel/resources/paging.hpp"

namespace ponte::imports {
namespace {

using resources::ArrayText;
using resources::Page;
using resources::page_json;
using resources::page_of;

constexpr std::size_t longest_kept_cell = 2'000;
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

Json problems_json(const std::vector<FieldProblem>& problems) {
    Json out = Json::array();
    for (const FieldProblem& problem : problems) {
        out.push(Json::object(
            {{"field", problem.field}, {"code", problem.code}, {"params", problem.params}}));
    }
    return out;
}

struct StoredRow {
    std::int64_t row = 0, line = 0;
    Json errors;
    std::vector<std::string> cells;
};
FIELDS(StoredRow, row, line, errors, cells);

std::string reason(Language language, const Import& import, const Json& error) {
    const FieldProblem problem{
        error["field"].as_string(), error["code"].as_string(), error["params"], {}};
    return problem_text(language, import.entity, problem);
}

// "E-mail: Formato inválido"
std::string labelled_reason(Language language, const Import& import, const Json& error) {
    const std::string field = error["field"].as_string();
    const auto label = Words::all().find(language, import.entity + "." + snake_case(field));
    const std::string text = reason(language, import, error);
    return label.empty() ? text : std::string(label) + ": " + text;
}

std::string header_at(const Upload& upload, std::size_t index) {
    const bool is_named = index < upload.headers.size() && !upload.headers[index].empty();
    return is_named ? upload.headers[index] : std::to_string(index + 1);
}

Json row_json(Language language, const Import& import, const Upload& upload, const StoredRow& row) {
    Json errors = Json::array();
    for (const Json& error : row.errors.items()) {
        errors.push(Json::object({{"field", error["field"]},
                                  {"code", error["code"]},
                                  {"message", reason(language, import, error)}}));
    }
    Json values = Json::object();
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        values.set(header_at(upload, i), row.cells[i]);
    }
    return Json::object({{"row", row.row},
                         {"line", row.line},
                         {"errors", std::move(errors)},
                         {"values", std::move(values)}});
}

std::string line_of(Language language, const Import& import, const Upload& upload,
                    const StoredRow& row) {
    std::string out;
    for (std::size_t i = 0; i < std::max(upload.headers.size(), row.cells.size()); ++i) {
        out += safe_cell(i < row.cells.size() ? row.cells[i] : "") + ";";
    }
    std::string reasons;
    for (const Json& error : row.errors.items()) {
        reasons += (reasons.empty() ? "" : " | ") + labelled_reason(language, import, error);
    }
    return out + safe_cell(reasons) + "\r\n";
}

std::string header_line(Language language, const Upload& upload) {
    std::string out = "\xEF\xBB\xBF";
    for (std::size_t i = 0; i < upload.headers.size(); ++i) {
        out += safe_cell(header_at(upload, i)) + ";";
    }
    return out + safe_cell(Words::all().text(language, "import.reasons")) + "\r\n";
}

bool is_number_or_phone(std::string_view text) {
    const bool has_digit = text.find_first_of("0123456789") != text.npos;
    return has_digit && text.substr(1).find_first_not_of("0123456789 .,()-") == text.npos;
}

}  // namespace

std::string safe_cell(std::string_view text) {
    std::string cell(text);
    const bool may_calculate =
        !cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos;
    const bool is_plain =
        may_calculate && (cell[0] == '+' || cell[0] == '-') && is_number_or_phone(cell);
    if (may_calculate && !is_plain) {
        cell.insert(0, 1, '\'');
    }
    if (cell.find_first_of("\";\r\n,\t") == std::string::npos) {
        return cell;
    }
    std::string quoted = "\"";
    for (const char c : cell) {
        quoted.append(c == '"' ? 2 : 1, c);
    }
    return quoted + "\"";
}

void queue_rejected(Ctx& ctx, const Import& import, const std::vector<Row>& rows,
                    const Outcome& outcome) {
    const auto room =
        std::max<std::int64_t>(0, most_rejected_rows - import.failed - import.skipped);
    const auto kept = std::min(outcome.rejected.size(), static_cast<std::size_t>(room));
    if (kept == 0) {
        return;
    }
    ArrayText numbers, lines, errors, cells;
    for (std::size_t i = 0; i < kept; ++i) {
        const Row& row = rows[outcome.rejected[i].row];
        numbers.add(std::to_string(row.number));
        lines.add(std::to_string(row.line));
        errors.add(problems_json(outcome.rejected[i].problems).dump());
        cells.add(storable(row.record));
    }
    db::Params params{import.id};
    for (ArrayText* array : {&numbers, &lines, &errors, &cells}) {
        params.push_back(std::move(*array).param());
    }
    ctx.tx.queue(
        "insert into import_rejected_rows (import_id, row, line, errors, cells) "
        "select $1::uuid, x.row, x.line, x.errors, x.cells::text[] from "
        "unnest($2::bigint[], $3::bigint[], $4::jsonb[], $5::text[]) as x(row, line, errors, "
        "cells)",
        std::move(params));
}

Task<http::Response> list_rejected(Ctx& ctx, const http::Request& request, Import import) {
    const Page page = page_of(request);
    const Upload upload = co_await get_upload(ctx, import.upload_id);
    const auto total = co_await ctx.tx.one<std::int64_t>(
        "select count(*) from import_rejected_rows where tenant_id = current_tenant() and "
        "import_id = $1",
        import.id);
    const auto rows = co_await ctx.tx.all<StoredRow>(
        "select row, line, errors, cells from import_rejected_rows "
        "where tenant_id = current_tenant() and import_id = $1 order by row limit $2 offset $3",
        import.id, page.limit, page.offset());
    Json data = Json::array();
    for (const StoredRow& row : rows) {
        data.push(row_json(ctx.language, import, upload, row));
    }
    co_return reply(200, page_json(std::move(data), page, total));
}

// Written to a file in pieces, since a hundred thousand rows would be a large answer to hold.
Task<http::Response> rejected_file(Ctx& ctx, Import import) {
    const Upload upload = co_await get_upload(ctx, import.upload_id);
    const std::string path =
        upload_path(ctx, import.id) + "." + std::string(language_code(ctx.language)) + ".errors";
    const std::string draft = path + "." + Id::make().text();
    std::ofstream out(draft, std::ios::binary | std::ios::trunc);
    out << header_line(ctx.language, upload);
    std::int64_t after = 0;
    while (true) {
        const auto rows = co_await ctx.tx.all<StoredRow>(
            "select row, line, errors, cells from import_rejected_rows "
            "where tenant_id = current_tenant() and import_id = $1 and row > $2 order by row limit "
            "$3",
            import.id, after, rows_per_query);
        for (const StoredRow& row : rows) {
            out << line_of(ctx.language, import, upload, row);
            after = row.row;
        }
        if (rows.size() < rows_per_query) {
            break;
        }
    }
    out.close();
    std::filesystem::rename(draft, path);
    http::Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.file_path = path;
    response.with("Content-Disposition", "attachment; filename=\"import-errors.csv\"");
    co_return response;
}

}  // namespace ponte::imports
