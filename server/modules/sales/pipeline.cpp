#include "modules/sales/pipeline.hpp"

#include "modules/sales/in_use.hpp"

namespace ponte::sales {
namespace {

constexpr Field pipeline_fields[] = {
    text("name").required().length(1, 120).unique().searchable().sorted_as_name(),
    long_text("description").up_to(1'000),
};

Task<> keep_those_in_use(Ctx& ctx, Changes& changes) {
    co_await refuse_in_use(ctx, changes, "pipeline_id");
}

}  // namespace

constexpr Entity pipeline_entity{
    .name = "pipeline",
    .table = "pipelines",
    .fields = pipeline_fields,
    .default_sort = "created_at",  // the first one is what is meant when none is named
    .rights = "supervisor: read create update delete export | agent: read | sales: read",
    .is_in_menu = false,
    .before_write = keep_those_in_use,
};
static_assert(valid(pipeline_entity));

}  // namespace ponte::sales
