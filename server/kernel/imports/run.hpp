// Imports as long work: a run commits chunk by chunk, an undo a thousand records at a time.
#pragma once

#include "kernel/imports/import.hpp"

namespace ponte::imports {

class ImportWork : public work::WorkOn<Import> {
public:
    using WorkOn<Import>::WorkOn;
    bool is_permitted(const Ctx& ctx) const final;
    bool is_told() const final { return !row_.dry_run; }
};

std::unique_ptr<work::Work> run_of(const work::WorkKind& kind);
std::unique_ptr<work::Work> undo_of(const work::WorkKind& kind);

inline constexpr work::WorkKind import_kind{"import", "import", run_of, undo_of};

}  // namespace ponte::imports
