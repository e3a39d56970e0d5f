// People write "vip" and "Maria Souza" where the table wants ids. Names are looked up once an
// import and remembered; unknown labels of a tags field are created; an unknown link is a problem.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "kernel/ctx.hpp"
#include "kernel/imports/plan.hpp"

namespace ponte::imports {

class Titles {
public:
    // Puts ids where names stood, or a problem; checks that ids given as such exist. New labels are
    // written in the transaction of `ctx` unless this is a trial; a problem for who may make none.
    Task<> resolve(Ctx& ctx, const Plan& plan, std::vector<Row>& rows, bool is_trial);
    // After a rollback: what was created is gone.
    void forget() { known_.clear(); }
    // The array literal of ids for a tags field's titles; "{}" when there are none.
    std::string ids_of(const Field& field, const Json& titles) const;

private:
    struct Found {
        Id id;
        std::int64_t count = 0;  // 0: nobody is named so
    };
    using Names = std::unordered_map<std::string, Found>;

    Task<> look_up(Ctx& ctx, const records::Kind& target, std::vector<std::string> names,
                   bool create);
    Task<> look_up_ids(Ctx& ctx, const records::Kind& target, std::vector<std::string> ids);
    Task<> resolve_column(Ctx& ctx, const Plan& plan, std::size_t column, std::vector<Row>& rows,
                          bool is_trial);
    void refuse_new_labels(const Plan& plan, std::size_t column, std::vector<Row>& rows) const;
    void put_links(const Plan& plan, std::size_t column, std::vector<Row>& rows) const;

    std::unordered_map<std::string, Names> known_;  // by entity
};

}  // namespace ponte::imports
