// FIELDS(Row, name, phone) lists a struct's members once; SQL rows and job arguments are read and
// written through that list.
#pragma once

#define PONTE_PARENS ()
#define PONTE_EXPAND(...) PONTE_EXPAND3(PONTE_EXPAND3(PONTE_EXPAND3(__VA_ARGS__)))
#define PONTE_EXPAND3(...) PONTE_EXPAND2(PONTE_EXPAND2(PONTE_EXPAND2(__VA_ARGS__)))
#define PONTE_EXPAND2(...) PONTE_EXPAND1(PONTE_EXPAND1(PONTE_EXPAND1(__VA_ARGS__)))
#define PONTE_EXPAND1(...) __VA_ARGS__
#define PONTE_EACH(member, ...) \
    visit(#member, row.member); \
    __VA_OPT__(PONTE_EACH_AGAIN PONTE_PARENS(__VA_ARGS__))
#define PONTE_EACH_AGAIN() PONTE_EACH

#define FIELDS(Row, ...)                               \
    template <class Visit>                             \
    void visit_fields(Row& row, Visit&& visit) {       \
        PONTE_EXPAND(PONTE_EACH(__VA_ARGS__))          \
    }                                                  \
    template <class Visit>                             \
    void visit_fields(const Row& row, Visit&& visit) { \
        PONTE_EXPAND(PONTE_EACH(__VA_ARGS__))          \
    }                                                  \
    static_assert(true)
