// The one place that compiles Asio itself. Every other file sees declarations only, which needs
// BOOST_ASIO_SEPARATE_COMPILATION for the whole kernel (cmake/targets.cmake sets it). Of Beast we
// use the request parser alone, in request_parser.cpp.
#include <boost/asio/impl/src.hpp>
