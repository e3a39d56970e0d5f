// People write "vip" and "Maria Souza" where the table wants ids. Names are looked up once an
// import and remembered; an unknown link is a problem; unknown labels are made by the writer, for
// those who may make some.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "kernel/ctx.hpp"
#include "kernel/imports/plan.hpp"
#include "kernel/records/title_ids.hpp"

namespace ponte::imports {

class Titles {
public:
    // Puts ids where names stood, or a problem; checks that ids given as such exist.
    Task<> resolve(Ctx& ctx, const Plan& plan, std::span<Row> rows);
    records::TitleIds& labels() { return labels_; }

private:
    struct Found {
        Id id;
        std::int64_t count = 0;  // 0: nobody is named so
    };
    using Names = std::unordered_map<std::string, Found>;

    Task<> resolve_labels(Ctx& ctx, const Plan& plan, std::size_t column, std::span<Row> rows);
    Task<> resolve_links(Ctx& ctx, const Plan& plan, std::size_t column, std::span<Row> rows);
    Task<> look_up(Ctx& ctx, const records::Kind& target, std::vector<std::string> names);
    Task<> look_up_ids(Ctx& ctx, const records::Kind& target, std::vector<std::string> ids);
    void refuse_new_labels(const Plan& plan, std::size_t column, std::span<Row> rows) const;
    void put_links(const Plan& plan, std::size_t column, std::span<Row> rows) const;

    records::TitleIds labels_;
    std::unordered_map<std::string, Names> known_;  // by entity
};

}  // namespace ponte::imports
