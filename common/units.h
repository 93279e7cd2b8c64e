// SPDX-License-Identifier: Apache-2.0
// Physical quantities of the public interfaces. Values are SI inside; hot loops use plain doubles.
#pragma once

#include <boost/units/quantity.hpp>
#include <boost/units/systems/si/area.hpp>
#include <boost/units/systems/si/base.hpp>
#include <boost/units/systems/si/capacitance.hpp>
#include <boost/units/systems/si/conductance.hpp>
#include <boost/units/systems/si/current.hpp>
#include <boost/units/systems/si/electric_potential.hpp>
#include <boost/units/systems/si/energy.hpp>
#include <boost/units/systems/si/frequency.hpp>
#include <boost/units/systems/si/length.hpp>
#include <boost/units/systems/si/magnetic_flux_density.hpp>
#include <boost/units/systems/si/power.hpp>
#include <boost/units/systems/si/resistance.hpp>
#include <boost/units/systems/si/temperature.hpp>
#include <boost/units/systems/si/time.hpp>
#include <boost/units/systems/si/velocity.hpp>

namespace dwmtj {

namespace si = boost::units::si;

using Voltage = boost::units::quantity<si::electric_potential>;
using Current = boost::units::quantity<si::current>;
using Resistance = boost::units::quantity<si::resistance>;
using Conductance = boost::units::quantity<si::conductance>;
using Capacitance = boost::units::quantity<si::capacitance>;
using Energy = boost::units::quantity<si::energy>;
using Power = boost::units::quantity<si::power>;
using Frequency = boost::units::quantity<si::frequency>;
using Time = boost::units::quantity<si::time>;
using Area = boost::units::quantity<si::area>;
using Length = boost::units::quantity<si::length>;
using Temperature = boost::units::quantity<si::temperature>;
using Velocity = boost::units::quantity<si::velocity>;
// Current per width of the track: the drive that a domain wall feels.
using LineCurrent =
    boost::units::quantity<boost::units::divide_typeof_helper<si::current, si::length>::type>;
using Field = boost::units::quantity<si::magnetic_flux_density>;

// The line current that moves a wall like a field does.
using FieldCoupling = boost::units::quantity<
    boost::units::divide_typeof_helper<LineCurrent::unit_type, si::magnetic_flux_density>::type>;

// A quantity from its value in SI units, and back: `in_si(5e-9 * si::seconds) == 5e-9`.
template <typename Quantity>
constexpr Quantity from_si(double value) {
  return Quantity::from_value(value);
}

template <typename Quantity>
constexpr double in_si(Quantity quantity) {
  return quantity.value();
}

}  // namespace dwmtj
