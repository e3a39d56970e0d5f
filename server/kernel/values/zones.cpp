#include "kernel/values/zones.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <sstream>

#include "kernel/values/readers.hpp"
#include "kernel/values/zone_rule.hpp"

namespace ponte {
namespace values {
namespace {

constexpr std::size_t largest_file = 1u << 20;

// Big-endian numbers off a zone file; anything past its end reads as zero and spoils it.
class ZoneBytes {
public:
    explicit ZoneBytes(std::string_view bytes) : bytes_(bytes) {}
    std::int64_t take(int width) {
        if (bytes_.size() < static_cast<std::size_t>(width)) {
            is_short_ = true;
            return 0;
        }
        std::uint64_t value = 0;
        for (int i = 0; i < width; ++i) {
            value = value << 8 | static_cast<unsigned char>(bytes_[static_cast<std::size_t>(i)]);
        }
        bytes_.remove_prefix(static_cast<std::size_t>(width));
        return width == 4 ? static_cast<std::int32_t>(value) : static_cast<std::int64_t>(value);
    }
    void skip(std::int64_t length) {
        is_short_ = is_short_ || length < 0 || static_cast<std::uint64_t>(length) > bytes_.size();
        bytes_.remove_prefix(is_short_ ? bytes_.size() : static_cast<std::size_t>(length));
    }
    bool is_short() const { return is_short_; }
    std::string_view rest() const { return bytes_; }

private:
    std::string_view bytes_;
    bool is_short_ = false;
};

// The block sizes of RFC 8536 §3.1.
struct ZoneHeader {
    std::int64_t utc_marks, standard_marks, leaps, changes, types, name_bytes;
    static ZoneHeader take(ZoneBytes& bytes) {
        bytes.skip(20);  // magic, version, reserved
        ZoneHeader header{};
        for (auto* count : {&header.utc_marks, &header.standard_marks, &header.leaps,
                            &header.changes, &header.types, &header.name_bytes}) {
            *count = bytes.take(4);
        }
        return header;
    }
    std::int64_t size(int time_width) const {
        return changes * (time_width + 1) + types * 6 + name_bytes + leaps * (time_width + 4) +
               standard_marks + utc_marks;
    }
};

bool is_zone_name(std::string_view name) {
    if (name.empty() || name.size() > 64 || name.front() == '/' || name.find("..") != name.npos ||
        name.starts_with("right/") || name.starts_with("posix/")) {
        return false;
    }
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '/' || c == '_' || c == '-' || c == '+';
    });
}

std::string read_bytes(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string bytes(largest_file, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    return bytes;
}

}  // namespace

bool read_zone(std::string_view bytes, Zone& out) {
    if (!bytes.starts_with("TZif") || bytes.size() < 44 || bytes[4] < '2') {
        return false;
    }
    ZoneBytes in(bytes);
    const ZoneHeader old = ZoneHeader::take(in);  // 32-bit times, kept for old readers
    in.skip(old.size(4));
    const ZoneHeader header = ZoneHeader::take(in);
    const auto most = static_cast<std::int64_t>(bytes.size());
    if (in.is_short() || header.changes < 0 || header.changes > most || header.types < 1 ||
        header.types > 256) {
        return false;
    }
    for (std::int64_t i = 0; i < header.changes; ++i) {
        out.changes_.push_back(in.take(8));
    }
    std::vector<std::size_t> types;
    for (std::int64_t i = 0; i < header.changes; ++i) {
        types.push_back(static_cast<std::size_t>(in.take(1)));
    }
    std::vector<std::int32_t> offsets;
    for (std::int64_t i = 0; i < header.types; ++i) {
        offsets.push_back(static_cast<std::int32_t>(in.take(4)));
        in.skip(2);
    }
    in.skip(header.name_bytes + header.leaps * 12 + header.standard_marks + header.utc_marks);
    if (in.is_short()) {
        return false;
    }
    for (const std::size_t type : types) {
        if (type >= offsets.size()) {
            return false;
        }
        out.offsets_.push_back(offsets[type]);
    }
    out.first_offset_ = offsets.front();
    std::string_view footer = in.rest();
    if (footer.size() > 2 && footer.front() == '\n' && footer.back() == '\n') {
        const auto rule = read_zone_rule(footer.substr(1, footer.size() - 2));
        out.has_rule_ = rule.has_value();
        out.rule_ = rule.value_or(ZoneRule{});
    }
    return true;
}

std::shared_ptr<const Zone> Zone::load(std::string_view name) {
    if (!is_zone_name(name)) {
        return nullptr;
    }
    const char* elsewhere = std::getenv("TZDIR");
    const std::string folder = elsewhere ? elsewhere : "/usr/share/zoneinfo";
    auto zone = std::make_shared<Zone>();
    return read_zone(read_bytes(folder + "/" + std::string(name)), *zone) ? zone : nullptr;
}

std::shared_ptr<const Zone> Zone::find(std::string_view name) {
    static std::shared_mutex mutex;
    static std::map<std::string, std::shared_ptr<const Zone>, std::less<>> known;
    {
        const std::shared_lock lock(mutex);
        const auto found = known.find(name);
        if (found != known.end()) {
            return found->second;
        }
    }
    auto zone = load(name);
    if (zone) {  // wrong names come from outside without end and are not kept
        const std::unique_lock lock(mutex);
        known.emplace(std::string(name), zone);
    }
    return zone;
}

std::int32_t Zone::offset_at(std::int64_t utc_s) const {
    const auto next = std::upper_bound(changes_.begin(), changes_.end(), utc_s);
    if (next == changes_.end() && has_rule_) {
        return offset_of(rule_, utc_s);
    }
    if (next == changes_.begin()) {
        return first_offset_;
    }
    return offsets_[static_cast<std::size_t>(next - changes_.begin()) - 1];
}

std::int64_t Zone::to_utc(std::int64_t local_s) const {
    constexpr std::int64_t day_s = 86400;
    const std::int32_t before = offset_at(local_s - day_s), after = offset_at(local_s + day_s);
    if (offset_at(local_s - before) == before || offset_at(local_s - after) != after) {
        return local_s - before;
    }
    return local_s - after;
}

namespace {

using namespace std::chrono;

std::int64_t seconds_of(sys_days day) {
    return day.time_since_epoch().count() * std::int64_t{86400};
}

Time start_of(sys_days day, const Zone& zone) {
    return Time{seconds{zone.to_utc(seconds_of(day))}};
}

sys_days local_day_in(Time at, const Zone& zone) {
    const auto utc = floor<seconds>(at).time_since_epoch();
    return floor<days>(sys_seconds{utc + seconds{zone.offset_at(utc.count())}});
}

// A tenant's zone was checked when it was set; should the tz database have lost it, days are
// counted in Brasília rather than not at all.
std::shared_ptr<const Zone> zone_or_default(std::string_view name) {
    auto zone = Zone::find(name);
    if (!zone) {
        zone = Zone::find("America/Sao_Paulo");
    }
    return zone ? zone : Zone::find("UTC");
}

}  // namespace

std::optional<Time> to_utc(const LocalTime& local, std::string_view timezone) {
    const auto zone = Zone::find(timezone);
    if (!zone) {
        return {};
    }
    const auto whole = floor<seconds>(local.time_of_day);
    const std::int64_t local_s = seconds_of(sys_days{local.day}) + whole.count();
    return Time{seconds{zone->to_utc(local_s)} + (local.time_of_day - whole)};
}

std::optional<Day> local_day(Time at, std::string_view timezone) {
    const auto zone = Zone::find(timezone);
    if (!zone) {
        return {};
    }
    return Day{local_day_in(at, *zone)};
}

}  // namespace values

bool is_timezone(std::string_view name) { return values::Zone::find(name) != nullptr; }

Time start_of_day(Time at, std::string_view timezone, int days_from_today) {
    const auto zone = values::zone_or_default(timezone);
    if (!zone) {
        return std::chrono::floor<std::chrono::days>(at) + std::chrono::days{days_from_today};
    }
    const auto day = values::local_day_in(at, *zone) + std::chrono::days{days_from_today};
    return values::start_of(day, *zone);
}

std::optional<Time> start_of_date(std::string_view iso_date, std::string_view timezone) {
    const auto day = values::read_iso_day(iso_date);
    const auto zone = values::zone_or_default(timezone);
    if (!day || !zone) {
        return {};
    }
    return values::start_of(std::chrono::sys_days{*day}, *zone);
}

}  // namespace ponte
