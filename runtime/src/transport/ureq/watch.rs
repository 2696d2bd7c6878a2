//! A look between TCP and TLS.
//!
//! ureq asks the socket and TLS whether anything came that was not asked for, which would be taken for the next answer. What was
//! read from the socket and is not yet TLS's stands between the two, and only what stands there too can tell.

use ::ureq::Error;
use ::ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

#[derive(Debug)]
pub(super) struct Watch;

#[derive(Debug)]
pub(super) struct Watched<T>(T);

impl<T: Transport> Connector<T> for Watch {
    type Out = Watched<T>;

    fn connect(&self, _: &ConnectionDetails<'_>, chained: Option<T>) -> Result<Option<Watched<T>>, Error> {
        Ok(chained.map(Watched))
    }
}

impl<T: Transport> Transport for Watched<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.0.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.0.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.0.buffers().input().is_empty() && self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}
