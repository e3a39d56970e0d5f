// Conditions on dates and times. A day is a day where the reader lives, so each is the instants
// from its midnight to the next; the condition stands on the bare column, so that its index serves
// it.
#include "kernel/lists/filter_builder.hpp"
#include "kernel/records/write.hpp"

namespace ponte::records {
namespace {

constexpr std::int64_t most_days = 3660;

class TimeFilter {
public:
    TimeFilter(FilterBuilder& builder, const Operand& on) : builder_(builder), on_(on) {}

    std::string condition(const std::string& op, const Json& input) {
        if (op == "today") {
            return days_from_now(0, 1);
        }
        if (op == "last_days" || op == "next_days") {
            return some_days(op, input.as_integer(-1));
        }
        if (op == "this_week" || op == "this_month") {
            return this_period(op == "this_week" ? "week" : "month");
        }
        if (op == "between") {
            return between(input);
        }
        if (op != "is" && op != "before" && op != "after") {
            return builder_.fail(on_.name, "operator");
        }
        const auto date = date_of(input);
        if (!date) {
            return "false";
        }
        if (op == "before") {
            return on_.sql + " < " + start_of(*date, 0);
        }
        if (op == "after") {
            return on_.sql + " >= " + start_of(*date, 1);
        }
        return from_to(start_of(*date, 0), start_of(*date, 1));
    }

private:
    std::string from_to(const std::string& from, const std::string& to) const {
        return "(" + on_.sql + " >= " + from + " and " + on_.sql + " < " + to + ")";
    }
    std::string zone() { return builder_.sql.add(builder_.ctx.who.timezone); }

    // The first instant of a local date (datetime) or the date itself, some days later.
    std::string start_of(const std::string& iso_date, int add_days) {
        const std::string shifted =
            "(" + builder_.sql.add(iso_date) + "::date + " + std::to_string(add_days) + ")";
        if (is_day_) {
            return shifted;
        }
        return "(" + shifted + "::timestamp at time zone " + zone() + ")";
    }
    std::string day_from_now(int days) {
        const Ctx& ctx = builder_.ctx;
        const std::string start =
            builder_.sql.add(format_time(start_of_day(ctx.now, ctx.who.timezone, days)));
        if (!is_day_) {
            return start + "::timestamptz";
        }
        return "((" + start + "::timestamptz) at time zone " + zone() + ")::date";
    }
    std::string days_from_now(int first, int end) {
        const std::string from = day_from_now(first), to = day_from_now(end);
        return from_to(from, to);
    }
    std::string some_days(const std::string& op, std::int64_t days) {
        if (days < 1 || days > most_days) {
            return builder_.fail(on_.name, "value");
        }
        const int count = static_cast<int>(days);
        return op == "last_days" ? days_from_now(1 - count, 1) : days_from_now(0, count + 1);
    }
    // Weeks start on Sunday; PostgreSQL's on Monday.
    std::string this_period(const std::string& unit) {
        const std::string here = zone(), now = builder_.sql.add(format_time(builder_.ctx.now));
        const std::string later = unit == "week" ? " + interval '1 day'" : "";
        const std::string back = unit == "week" ? " - interval '1 day'" : "";
        const std::string start = "(date_trunc('" + unit + "', (" + now +
                                  "::timestamptz at time zone " + here + ")" + later + ")" + back +
                                  ")";
        const std::string cast = is_day_ ? "::date" : "";
        const std::string zoned = is_day_ ? "" : " at time zone " + here;
        return from_to("(" + start + zoned + ")" + cast,
                       "((" + start + " + interval '1 " + unit + "')" + zoned + ")" + cast);
    }
    std::string between(const Json& input) {
        if (!input.is_array() || input.items().size() != 2) {
            return builder_.fail(on_.name, "value");
        }
        const auto low = date_of(input.items()[0]), high = date_of(input.items()[1]);
        return low && high ? from_to(start_of(*low, 0), start_of(*high, 1)) : "false";
    }
    std::optional<std::string> date_of(const Json& input) {
        const Canonical date = canonical(Type::date, input, locale_of(builder_.ctx));
        if (date.ok() && !date.value.is_null()) {
            return date.value.as_string();
        }
        builder_.fail(on_.name, "value");
        return {};
    }

    FilterBuilder& builder_;
    const Operand& on_;
    const bool is_day_ = field_type(on_.type).sql == "date";
};

}  // namespace

std::string FilterBuilder::compare_time(const Operand& on, const std::string& op,
                                        const Json& input) {
    return TimeFilter(*this, on).condition(op, input);
}

}  // namespace ponte::records
