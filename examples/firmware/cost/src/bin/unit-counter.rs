//! Ten counters more.
#![no_std]
#![no_main]

cost::one_of_each! {
    series = 1;
    /// Unit a.
    static UNIT_A: nanoprom::Counter = "cost_more_a_units";
    /// Unit b.
    static UNIT_B: nanoprom::Counter = "cost_more_b_units";
    /// Unit c.
    static UNIT_C: nanoprom::Counter = "cost_more_c_units";
    /// Unit d.
    static UNIT_D: nanoprom::Counter = "cost_more_d_units";
    /// Unit e.
    static UNIT_E: nanoprom::Counter = "cost_more_e_units";
    /// Unit f.
    static UNIT_F: nanoprom::Counter = "cost_more_f_units";
    /// Unit g.
    static UNIT_G: nanoprom::Counter = "cost_more_g_units";
    /// Unit h.
    static UNIT_H: nanoprom::Counter = "cost_more_h_units";
    /// Unit i.
    static UNIT_I: nanoprom::Counter = "cost_more_i_units";
    /// Unit j.
    static UNIT_J: nanoprom::Counter = "cost_more_j_units";
}
