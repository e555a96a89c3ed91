resource "covey_cluster" "prod" {
  name   = "prod"
  voters = { a = "10.0.0.11" }
}

resource "covey_service" "shop" {
  name    = "shop"
  cluster = covey_cluster.prod.access_key
  image   = "shop:1"
  ports   = [{ name = "http", container_port = 80 }]
}

resource "covey_service" "database" {
  name    = "database"
  cluster = covey_cluster.prod.access_key
  image   = "postgres:16"
  ports   = [{ name = "sql", container_port = 5432 }]
}

# On two nodes that have the attribute edge = "yes"; a change of it drops no connection.
resource "covey_load_balancer" "front" {
  name      = "front"
  cluster   = covey_cluster.prod.access_key
  instances = 2

  listeners = [
    {
      port   = 80
      sticky = true
      rules = [
        { host = "shop.example.org", service = covey_service.shop.name },
        { path_prefix = "/shop", service = covey_service.shop.name },
      ]
    },
    { port = 5432, mode = "tcp", service = covey_service.database.name, balance = "leastconn" },
  ]

  stats = {
    port     = 8404
    user     = "ops"
    password = var.stats_password
  }

  constraints = [{ attribute = "edge", operator = "LIKE", value = "yes" }]
}

variable "stats_password" {
  type      = string
  sensitive = true
}
